/** Share of true outcomes; NaN-free: 0 of nothing is 0. */
export function rate(outcomes: readonly boolean[]): number {
  return outcomes.length === 0 ? 0 : outcomes.filter(Boolean).length / outcomes.length;
}

/** Wilson score interval of a rate, 95 %. */
export function wilson(outcomes: readonly boolean[]): [number, number] {
  const n = outcomes.length;
  if (n === 0) return [0, 1];
  const z = 1.96;
  const p = rate(outcomes);
  const centre = p + (z * z) / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}

/** The value below which a share `q` of the values lies. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}
