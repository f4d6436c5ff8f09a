/** Rotary embedding tables: cosine and sine of each position's angles, both [positions, headDim / 2]. */
export function ropeTables(
  positions: number,
  headDim: number,
  theta: number,
): { cos: Float32Array; sin: Float32Array } {
  const half = headDim / 2;
  const cos = new Float32Array(positions * half);
  const sin = new Float32Array(positions * half);
  for (let i = 0; i < half; i++) {
    const frequency = Math.fround(1 / theta ** ((2 * i) / headDim));
    for (let position = 0; position < positions; position++) {
      // In f32, as the models were trained.
      const angle = Math.fround(position * frequency);
      cos[position * half + i] = Math.cos(angle);
      sin[position * half + i] = Math.sin(angle);
    }
  }
  return { cos, sin };
}
