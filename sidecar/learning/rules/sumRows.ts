import type { Codes, Learned } from '../../engine/types';
import type { MarginEngram } from '../engram';
import { sumLists, type Lists } from './kernel/kernel';
import { learnedRow } from './rows';
import type { Trace } from './rule';

/** A position that was written to. */
interface Position {
  readonly codes: Codes;
  /** Its first entry in the codes. */
  readonly start: number;
  readonly write: Float32Array;
}

/**
 * Sums rows of the learned weight L = settled + Σ φ · writesᵀ over all positions of all traces, in that order; a row
 * depends on nothing but its settled one and those positions that have its unit active.
 * @param wanted the rows to sum: not 0 at these units, [units]
 * @param rowOf gives the row to sum up a unit in; called for units whose row is not zero
 */
export function sumRows(
  traces: readonly Trace<MarginEngram>[],
  wanted: Uint8Array,
  rowOf: (unit: number) => Float32Array,
  settled: Learned,
): void {
  const positions = traces.flatMap(({ engram: { codes }, writes }) =>
    writes.flatMap((write, row) => (write ? [{ codes, start: row * codes.active, write }] : [])),
  );
  const counts = countByUnit(positions, wanted);
  const isSettled = (unit: number): boolean => wanted[unit] !== 0 && settled.places[unit] !== 0;
  const units = [...counts.keys()].filter((unit) => counts[unit] !== 0 || isSettled(unit));
  const out = units.map(rowOf);
  const ffn = out[0]?.length ?? 0;
  const begun = units.map((unit) => (isSettled(unit) ? learnedRow(settled, unit, ffn) : undefined));
  const { lists, rows } = listsOf(positions, units, counts, begun);
  sumLists(lists, rows, out);
}

/** How many of the positions have each of the wanted units active, [units]. */
function countByUnit(positions: readonly Position[], wanted: Uint8Array): Uint32Array {
  const counts = new Uint32Array(wanted.length);
  for (const { codes, start } of positions) {
    for (let n = start; n < start + codes.active; n++) {
      const unit = codes.index[n] ?? 0;
      if (wanted[unit] !== 0) counts[unit] = (counts[unit] ?? 0) + 1;
    }
  }
  return counts;
}

/**
 * Of each of the units the list of what its row is summed of: the row that it begins with, if any, and the positions
 * that have it active; and the rows that any list has.
 * @param counts how many positions there are of each, 0 for all other units
 * @param begun the row that each of the units begins with
 */
function listsOf(
  positions: readonly Position[],
  units: readonly number[],
  counts: Uint32Array,
  begun: readonly (Float32Array | undefined)[],
): { lists: Lists; rows: Float32Array[] } {
  const starts = new Uint32Array(units.length + 1);
  units.forEach((unit, l) => {
    starts[l + 1] = (starts[l] ?? 0) + (counts[unit] ?? 0) + Number(begun[l] !== undefined);
  });
  const numbers = new Uint32Array(starts.at(-1) ?? 0);
  const values = new Float32Array(numbers.length);
  const rows: Float32Array[] = [];
  const next = new Uint32Array(counts.length);
  units.forEach((unit, l) => {
    const [row, at] = [begun[l], starts[l] ?? 0];
    next[unit] = at;
    if (!row) return;
    numbers[at] = rows.length;
    values[at] = 1;
    next[unit] = at + 1;
    rows.push(row);
  });
  for (const { codes, start, write } of positions) {
    let isListed = false;
    for (let n = start; n < start + codes.active; n++) {
      const unit = codes.index[n] ?? 0;
      if (counts[unit] === 0) continue;
      const at = next[unit] ?? 0;
      next[unit] = at + 1;
      numbers[at] = rows.length;
      values[at] = codes.value[n] ?? 0;
      isListed = true;
    }
    if (isListed) rows.push(write);
  }
  return { lists: { starts, numbers, values }, rows };
}
