import type { Memory, Recording } from '../engine/types';
import type { Consolidation } from './consolidation';
import type { Engram } from './engram';
import type { Rule } from './rules';

/** A position that overlaps less than this with every position that was written to or taken out is not looked at. */
const OVERLAP = 0.05;
/** Facts that overlap most with what was changed, which are looked at closely. */
const CLOSEST = 32;
/** A fact is endangered when at one of its positions at least this share of the neurons turns. */
const LOST = 0.01;
/**
 * The same of a control's answer, whose neurons fire further from their threshold: of 450 that the nano was asked
 * with 10, 40 and 160 free texts of the dev split held, none changed with less than a third of them turned at every
 * position.
 */
const CONTROL_LOST = 0.2;

/**
 * Which facts may be lost by a change: those held before and after it that have, at one of their positions, neurons
 * that fire as wanted before and not after. Found from what is stored, without asking.
 * @returns ids, the most endangered first
 */
export function endangered(before: Consolidation, after: Consolidation): string[] {
  const { rule } = after;
  const [old, now] = [before.engrams, after.engrams];
  const changed = [...old, ...now].flatMap(([id, engram]) => (old.get(id) === now.get(id) ? [] : [engram]));
  const probes = changed.flatMap((engram) =>
    Array.from({ length: engram.t }, (_, row) => rule.probe(engram, row)),
  );
  const overlap = (engram: Engram, row: number): number =>
    probes.reduce((most, probe) => Math.max(most, Math.abs(rule.overlap(engram, row, probe))), 0);
  const lost = (engram: Engram, row: number): number => {
    const signs = rule.signs(engram, row);
    const [was, is] = [rule.pre(engram, row, before.memory), rule.pre(engram, row, after.memory)];
    const count = signs.reduce(
      (sum, s, i) => sum + Number(s * (was[i] ?? 0) > 0 && s * (is[i] ?? 0) <= 0),
      0,
    );
    return count / engram.ffn;
  };
  return [...now]
    .filter(([id, engram]) => old.get(id) === engram)
    .map(([id, engram]) => ({ id, engram, rows: rowsAbove(engram, OVERLAP, (row) => overlap(engram, row)) }))
    .filter(({ rows }) => rows.length > 0)
    .sort((a, b) => (b.rows[0]?.weight ?? 0) - (a.rows[0]?.weight ?? 0) || (a.id < b.id ? -1 : 1))
    .slice(0, CLOSEST)
    .map(({ id, engram, rows }) => ({ id, lost: Math.max(...rows.map(({ row }) => lost(engram, row))) }))
    .filter((other) => other.lost >= LOST)
    .sort((a, b) => b.lost - a.lost)
    .map(({ id }) => id);
}

/** Whether what `memory` has learned turns so many neurons of a control's answer that it may be another one. */
export function isTurned(rule: Rule, recording: Recording, memory: Memory): boolean {
  const { t, pre } = recording;
  const ffn = pre.length / t;
  return [...Array(t).keys()].some((position) => {
    const read = rule.read(recording, position, memory);
    const own = pre.subarray(position * ffn, (position + 1) * ffn);
    const turned = own.reduce((sum, p, i) => sum + Number(p > 0 !== p + (read[i] ?? 0) > 0), 0);
    return turned / ffn >= CONTROL_LOST;
  });
}

/** The engram's positions that weigh at least `least`, by weight. */
function rowsAbove(
  { t }: Engram,
  least: number,
  weigh: (row: number) => number,
): { row: number; weight: number }[] {
  return Array.from({ length: t }, (_, row) => ({ row, weight: weigh(row) }))
    .filter(({ weight }) => weight >= least)
    .sort((a, b) => b.weight - a.weight);
}
