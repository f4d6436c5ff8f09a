import type { MarginEngram } from '../engram';
import { sumLists, type Lists } from './kernel/kernel';
import type { Trace } from './rule';

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
  const { units, lists, rows } = listsByUnit(traces, wanted);
  sumLists(lists, rows, units.map(rowOf));
}

/** The positions of all traces that have one of the wanted units active: their writes, and lists of them by unit. */
function listsByUnit(
  traces: readonly Trace<MarginEngram>[],
  wanted: Uint8Array,
): { units: number[]; lists: Lists; rows: Float32Array[] } {
  const counts = new Uint32Array(wanted.length);
  forEachEntry(traces, wanted, (unit) => (counts[unit] = (counts[unit] ?? 0) + 1));
  const units = [...counts.keys()].filter((unit) => counts[unit] !== 0);
  const starts = new Uint32Array(units.length + 1);
  const next = new Uint32Array(wanted.length);
  units.forEach((unit, l) => {
    next[unit] = starts[l] ?? 0;
    starts[l + 1] = (starts[l] ?? 0) + (counts[unit] ?? 0);
  });
  const count = starts[units.length] ?? 0;
  const [numbers, values] = [new Uint32Array(count), new Float32Array(count)];
  const rows: Float32Array[] = [];
  forEachEntry(traces, wanted, (unit, value, row) => {
    if (rows.at(-1) !== row) rows.push(row);
    const at = next[unit] ?? 0;
    next[unit] = at + 1;
    numbers[at] = rows.length - 1;
    values[at] = value;
  });
  return { units, lists: { starts, numbers, values }, rows };
}

function forEachEntry(
  traces: readonly Trace<MarginEngram>[],
  wanted: Uint8Array,
  visit: (unit: number, value: number, row: Float32Array) => void,
): void {
  for (const { engram, writes } of traces) {
    const { active, index, value } = engram.codes;
    writes.forEach((row, position) => {
      if (!row) return;
      for (let n = position * active; n < (position + 1) * active; n++) {
        const unit = index[n] ?? 0;
        if (wanted[unit] !== 0) visit(unit, value[n] ?? 0, row);
      }
    });
  }
}
