/**
 * Sums whose result does not depend on the order of adding, and from which a term can be taken back
 * bit for bit: every term is first rounded to a multiple of 2^-36, and f64 adds such numbers without
 * error while sums stay below 2^15. This is what makes forgetting exact without refolding the rest.
 */
const GRID = 1.5 * 2 ** 16;

/** Rounds to the nearest multiple of 2^-36; |value| < 2^15. */
export function toGrid(value: number): number {
  return value + GRID - GRID;
}

/** sum[at + j] += sign · grid(scale · row[from + j]) for j < count. */
export function addScaled(
  sum: Float64Array,
  at: number,
  row: Float32Array,
  from: number,
  count: number,
  scale: number,
  sign: 1 | -1,
): void {
  for (let j = 0; j < count; j++) {
    sum[at + j] = (sum[at + j] ?? 0) + sign * (scale * (row[from + j] ?? 0) + GRID - GRID);
  }
}
