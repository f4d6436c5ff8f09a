import { targetSigns, type Engram } from '../engram';

/** Added to a squared key length, as in training: ‖x − μ‖² + 1e-3. */
const RIDGE = 1e-3;

/** An engram made ready for the rule `margin`: all that the fold needs of it. */
export interface Trace {
  readonly t: number;
  /** x − μ, [t, d]. */
  readonly centred: Float32Array;
  /** k = (x − μ) / (‖x − μ‖² + 1e-3), [t, d]. */
  readonly key: Float32Array;
  /** ‖x − μ‖² + 1e-3, [t]. */
  readonly length2: Float64Array;
  /** Wanted sign of each neuron, [t, ffn]. */
  readonly sign: Int8Array;
  /** Pre-activations under the base weight, p0 = W0 · x, [t, ffn]. */
  readonly pre: Float64Array;
}

/**
 * Prepares an engram: centres its keys, recomputes its pre-activations.
 * @param base W0, [ffn, d]; @param mu μ, [d]
 */
export function prepareTrace(engram: Engram, base: Float32Array, mu: Float32Array): Trace {
  const { t, d, ffn, keys } = engram;
  const centred = new Float32Array(t * d);
  const key = new Float32Array(t * d);
  const length2 = new Float64Array(t);
  for (let row = 0; row < t; row++) {
    let square = RIDGE;
    for (let j = 0; j < d; j++) {
      const value = Math.fround((keys[row * d + j] ?? 0) - (mu[j] ?? 0));
      centred[row * d + j] = value;
      square += value * value;
    }
    length2[row] = square;
    for (let j = 0; j < d; j++) key[row * d + j] = (centred[row * d + j] ?? 0) / square;
  }
  const pre = new Float64Array(t * ffn);
  for (let row = 0; row < t; row++) {
    for (let i = 0; i < ffn; i++) pre[row * ffn + i] = dot(base, i * d, keys, row * d, d);
  }
  return { t, centred, key, length2, sign: targetSigns(engram), pre };
}

/** Σ_j a[atA + j] · b[atB + j], j < count, in f64. */
export function dot(a: Float32Array, atA: number, b: Float32Array, atB: number, count: number): number {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += (a[atA + j] ?? 0) * (b[atB + j] ?? 0);
  return sum;
}
