import type { Codes } from '../../engine/types';
import type { MarginEngram } from '../engram';
import { sumLists, type Lists } from './kernel/kernel';
import type { Trace } from './rule';

/** A position that was written to. */
interface Position {
  readonly codes: Codes;
  /** Its first entry in the codes. */
  readonly start: number;
  readonly write: Float32Array;
}

/**
 * Sums rows of the learned weight L = Σ φ · writesᵀ over all positions of all traces, in that order; a row depends
 * on nothing but those positions that have its unit active.
 * @param wanted the rows to sum: not 0 at these units, [units]
 * @param rowOf gives the row to sum up a unit in; called for units that any position has active
 */
export function sumRows(
  traces: readonly Trace<MarginEngram>[],
  wanted: Uint8Array,
  rowOf: (unit: number) => Float32Array,
): void {
  const positions = traces.flatMap(({ engram: { codes }, writes }) =>
    writes.flatMap((write, row) => (write ? [{ codes, start: row * codes.active, write }] : [])),
  );
  const counts = countByUnit(positions, wanted);
  const units = [...counts.keys()].filter((unit) => counts[unit] !== 0);
  const { lists, rows } = listsOf(positions, units, counts);
  sumLists(lists, rows, units.map(rowOf));
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
 * Of each of the units the list of positions that have it active; and the writes of those that any list has.
 * @param counts how many there are of each, 0 for all other units
 */
function listsOf(
  positions: readonly Position[],
  units: readonly number[],
  counts: Uint32Array,
): { lists: Lists; rows: Float32Array[] } {
  const starts = new Uint32Array(units.length + 1);
  const next = new Uint32Array(counts.length);
  units.forEach((unit, l) => {
    next[unit] = starts[l] ?? 0;
    starts[l + 1] = (starts[l] ?? 0) + (counts[unit] ?? 0);
  });
  const numbers = new Uint32Array(starts.at(-1) ?? 0);
  const values = new Float32Array(numbers.length);
  const rows: Float32Array[] = [];
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
