import type { Memory, Recording } from '../engine/types';
import type { Consolidation } from './consolidation';
import type { Engram } from './engram';
import { contribution } from './attribute';
import type { Rule } from './rules';

/** Positions that overlap less than this with every position of the new fact lose nothing to speak of. */
const OVERLAP = 0.1;
/** Facts that overlap most with the new one, which are looked at closely. */
const CLOSEST = 16;
/** A fact is endangered when at one of its positions at least this share of the neurons turns. */
const LOST = 0.01;
/**
 * The same of a control's answer, whose neurons fire further from their threshold: of 450 that the nano was asked
 * with 10, 40 and 160 free texts of the dev split held, none changed with less than a third of them turned at every
 * position.
 */
const CONTROL_LOST = 0.2;

/**
 * Which facts may be lost by what a new fact wrote: those that have, at one of their positions, neurons that
 * fire as wanted before and not after. Found from what is stored, without asking.
 * @param before the state without the new fact; @param after the state with it
 * @returns ids, the most endangered first
 */
export function endangered(before: Consolidation, after: Consolidation, added: string): string[] {
  const { rule, traces } = after;
  const fact = traces.get(added);
  if (!fact) return [];
  const probes = Array.from({ length: fact.engram.t }, (_, row) => rule.probe(fact.engram, row));
  const overlap = (engram: Engram, row: number): number =>
    probes.reduce((most, probe) => Math.max(most, Math.abs(rule.overlap(engram, row, probe))), 0);
  const lost = (engram: Engram, row: number): number => {
    const part =
      contribution(rule, fact, rule.probe(engram, row), engram.ffn) ?? new Float32Array(engram.ffn);
    const signs = rule.signs(engram, row);
    const pre = rule.pre(engram, row, before.memory);
    let count = 0;
    for (let i = 0; i < engram.ffn; i++) {
      const [s, p] = [signs[i] ?? 0, pre[i] ?? 0];
      if (s * p > 0 && s * (p + (part[i] ?? 0)) <= 0) count++;
    }
    return count / engram.ffn;
  };
  return [...before.engrams]
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
