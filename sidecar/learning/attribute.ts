import type { Engram } from './engram';

/** A stored key counts at a position when it overlaps this much; 1 is the very same key. */
const OVERLAP = 0.5;
/** A fact is named when it contributed at least this share. */
const SHARE = 0.15;

export interface Attribution {
  factId: string;
  /** Share of what all facts contributed, 0 to 1. */
  strength: number;
}

/**
 * Which facts fired while an answer was generated. At a position with key x, a stored key x_t of
 * significance sig_t moves the pre-activations in proportion to sig_t · k_t · (x − μ), with
 * k_t = (x_t − μ) / ‖x_t − μ‖²; overlaps too small to make a neuron fire do not count, so an answer
 * that no fact caused names none.
 * @param keys the layer's input at the generated positions, [t, d]; @param mu μ, [d]
 * @returns strongest first
 */
export function attribute(
  keys: Float32Array,
  engrams: ReadonlyMap<string, Engram>,
  mu: Float32Array,
): Attribution[] {
  const contributions = [...engrams].map(([factId, engram]) => ({
    factId,
    amount: contribution(keys, engram, mu),
  }));
  const total = contributions.reduce((sum, { amount }) => sum + amount, 0);
  if (total === 0) return [];
  return contributions
    .map(({ factId, amount }) => ({ factId, strength: amount / total }))
    .filter(({ strength }) => strength >= SHARE)
    .sort((a, b) => b.strength - a.strength || (a.factId < b.factId ? -1 : 1));
}

/** Σ over positions of the fact's largest sig_t · k_t · (x − μ) there. */
function contribution(keys: Float32Array, engram: Engram, mu: Float32Array): number {
  const d = mu.length;
  let sum = 0;
  for (let position = 0; position * d < keys.length; position++) {
    let best = 0;
    for (let row = 0; row < engram.t; row++) {
      let product = 0;
      let length2 = 1e-3;
      for (let j = 0; j < d; j++) {
        const centre = mu[j] ?? 0;
        const stored = (engram.keys[row * d + j] ?? 0) - centre;
        product += stored * ((keys[position * d + j] ?? 0) - centre);
        length2 += stored * stored;
      }
      const overlap = product / length2;
      if (overlap >= OVERLAP) best = Math.max(best, overlap * (engram.significance[row] ?? 0));
    }
    sum += best;
  }
  return sum;
}
