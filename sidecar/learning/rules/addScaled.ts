/** out += scale · row */
export function addScaled(out: Float32Array, row: Float32Array, scale: number): void {
  if (scale === 0) return;
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) + scale * (row[i] ?? 0);
}
