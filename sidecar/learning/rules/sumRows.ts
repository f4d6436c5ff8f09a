import type { MarginEngram } from '../engram';
import type { Trace } from './rule';

/**
 * Sums rows of the learned weight L = Σ φ · writesᵀ over all positions of all traces, in that order; a row depends
 * on nothing but those positions that have its unit active.
 * @param wanted the rows to sum: not 0 at these units, [units]
 * @param rowOf gives the zero row to sum up a unit in; called for units that any position has active
 */
export function sumRows(
  traces: readonly Trace<MarginEngram>[],
  wanted: Uint8Array,
  rowOf: (unit: number) => Float32Array,
): void {
  const { starts, rows, values } = entriesByUnit(traces, wanted);
  for (let unit = 0; unit < wanted.length; unit++) {
    const [start = 0, end = 0] = [starts[unit], starts[unit + 1]];
    if (start < end) addRows(rowOf(unit), rows, values, start, end);
  }
}

/** The positions of all traces that have each of the wanted units active, in order: those of unit u at starts[u] to starts[u + 1]. */
function entriesByUnit(
  traces: readonly Trace<MarginEngram>[],
  wanted: Uint8Array,
): { starts: Int32Array; rows: Float32Array[]; values: Float32Array } {
  const starts = new Int32Array(wanted.length + 1);
  forEachEntry(traces, wanted, (unit) => (starts[unit + 1] = (starts[unit + 1] ?? 0) + 1));
  for (let unit = 0; unit < wanted.length; unit++)
    starts[unit + 1] = (starts[unit + 1] ?? 0) + (starts[unit] ?? 0);
  const next = starts.slice();
  const count = starts.at(-1) ?? 0;
  const rows = new Array<Float32Array>(count);
  const values = new Float32Array(count);
  forEachEntry(traces, wanted, (unit, value, row) => {
    const at = next[unit] ?? 0;
    next[unit] = at + 1;
    rows[at] = row;
    values[at] = value;
  });
  return { starts, rows, values };
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

/** out += Σ_n values[n] · rows[n], n from `start` up to `end`; eight at a time are summed in f64, then rounded. */
export function addRows(
  out: Float32Array,
  rows: readonly Float32Array[],
  values: Float32Array,
  start: number,
  end: number,
): void {
  let n = start;
  for (; n + 2 < end; n += 8) addEight(out, rows, values, n, end);
  for (; n < end; n++) addRow(out, rows[n] ?? out, values[n] ?? 0);
}

/** Rows n to n + 7; those from `end` on count nothing. */
function addEight(
  out: Float32Array,
  rows: readonly Float32Array[],
  values: Float32Array,
  n: number,
  end: number,
): void {
  const a = rows[n] ?? out;
  const b = rows[n + 1] ?? a;
  const c = rows[n + 2] ?? a;
  const d = rows[n + 3] ?? a;
  const e = rows[n + 4] ?? a;
  const f = rows[n + 5] ?? a;
  const g = rows[n + 6] ?? a;
  const h = rows[n + 7] ?? a;
  const p = values[n] ?? 0;
  const q = valueBefore(end, values, n + 1);
  const r = valueBefore(end, values, n + 2);
  const s = valueBefore(end, values, n + 3);
  const t = valueBefore(end, values, n + 4);
  const u = valueBefore(end, values, n + 5);
  const v = valueBefore(end, values, n + 6);
  const w = valueBefore(end, values, n + 7);
  for (let i = 0; i < out.length; i++) {
    const first = p * (a[i] ?? 0) + q * (b[i] ?? 0) + r * (c[i] ?? 0) + s * (d[i] ?? 0);
    const second = t * (e[i] ?? 0) + u * (f[i] ?? 0) + v * (g[i] ?? 0) + w * (h[i] ?? 0);
    out[i] = (out[i] ?? 0) + (first + second);
  }
}

function valueBefore(end: number, values: Float32Array, n: number): number {
  return n < end ? (values[n] ?? 0) : 0;
}

/** out += value · row */
export function addRow(out: Float32Array, row: Float32Array, value: number): void {
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) + value * (row[i] ?? 0);
}
