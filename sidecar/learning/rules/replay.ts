/** A margin counts as held when it is missed by less than this. */
const TOLERANCE = 1e-3;

export interface ReplayInput {
  /** Number of stored positions. */
  t: number;
  /** What position `from`'s write adds at position `to`: (x_to − μ) · k_from, at [from · t + to]. */
  gram: Float32Array;
  margin: number;
  sweeps: number;
}

/**
 * Replays all stored positions for one neuron, in order: wherever s · pre misses the margin m, writes
 * Δ = s · (m − s · pre) at that position's key, until all hold or the sweeps end. Neurons do not
 * depend on one another.
 * @param pre pre-activations of this neuron, [t]; brought up to date in place
 * @param sign wanted signs, [t]
 * @param coefficients what was written at each key, [t]; overwritten
 * @returns whether anything was written
 */
export function replayNeuron(
  { t, gram, margin, sweeps }: ReplayInput,
  pre: Float64Array,
  sign: Float64Array,
  coefficients: Float64Array,
): boolean {
  let written = false;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let clean = true;
    for (let from = 0; from < t; from++) {
      const s = sign[from] ?? 0;
      const missing = margin - s * (pre[from] ?? 0);
      if (missing <= TOLERANCE) continue;
      if (!written) coefficients.fill(0);
      written = true;
      clean = false;
      const delta = s * missing;
      coefficients[from] = (coefficients[from] ?? 0) + delta;
      const row = from * t;
      for (let to = 0; to < t; to++) pre[to] = (pre[to] ?? 0) + delta * (gram[row + to] ?? 0);
    }
    if (clean) break;
  }
  return written;
}
