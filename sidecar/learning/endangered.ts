import type { Consolidation } from './consolidation';
import type { Engram } from './engram';

/** Facts whose codes overlap most with the new one's, that are looked at closely. */
const CLOSEST = 16;

/**
 * Which facts may be lost by what a new fact wrote: those that have, at one of their positions, neurons that
 * fired as wanted before and do not after. Found from the stored codes, without asking.
 * @param before the state without the new fact; @param after the state with it
 * @returns ids, the most endangered first
 */
export function endangered(before: Consolidation, after: Consolidation, added: string): string[] {
  const { rule, engrams } = after;
  const fact = engrams.get(added);
  if (!fact) return [];
  const probes = Array.from({ length: fact.t }, (_, row) => rule.probe(fact, row));
  const reach = (engram: Engram): number =>
    rowsOf(engram).reduce(
      (most, row) => Math.max(most, ...probes.map((probe) => Math.abs(rule.overlap(engram, row, probe)))),
      0,
    );
  const lost = (engram: Engram): number =>
    rowsOf(engram).reduce((most, row) => {
      const signs = rule.signs(engram, row);
      const [pre, now] = [before, after].map(({ memory }) => rule.pre(engram, row, memory));
      const holds = (values: Float32Array | undefined, i: number): boolean =>
        (signs[i] ?? 0) * (values?.[i] ?? 0) > 0;
      return Math.max(
        most,
        signs.reduce((sum, _, i) => sum + Number(holds(pre, i) && !holds(now, i)), 0),
      );
    }, 0);
  return mostFirst(
    [...engrams].filter(([id]) => id !== added),
    reach,
  )
    .slice(0, CLOSEST)
    .map(({ id, engram }) => ({ id, lost: lost(engram) }))
    .filter((other) => other.lost > 0)
    .sort((a, b) => b.lost - a.lost)
    .map(({ id }) => id);
}

function rowsOf({ t }: Engram): number[] {
  return Array.from({ length: t }, (_, row) => row);
}

/** The facts to which `weigh` gives anything, by it. */
function mostFirst(
  facts: readonly (readonly [string, Engram])[],
  weigh: (engram: Engram) => number,
): { id: string; engram: Engram; weight: number }[] {
  return facts
    .map(([id, engram]) => ({ id, engram, weight: weigh(engram) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
}
