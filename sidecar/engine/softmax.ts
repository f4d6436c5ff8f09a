/** Index of the largest value; the first one of equals. */
export function argmax(logits: Float32Array): number {
  let best = 0;
  let most = -Infinity;
  logits.forEach((value, i) => {
    if (value > most) [best, most] = [i, value];
  });
  return best;
}

/** Softmax of `logits` at `index`. */
export function probabilityOf(logits: Float32Array, index: number): number {
  const most = logits[argmax(logits)] ?? 0;
  const sum = logits.reduce((total, value) => total + Math.exp(value - most), 0);
  return Math.exp((logits[index] ?? -Infinity) - most) / sum;
}

/** Row `i` of a row-major array of `width` columns, a view. */
export function rowOf(array: Float32Array, i: number, width: number): Float32Array {
  return array.subarray(i * width, (i + 1) * width);
}
