import { targetSigns, type Engram } from '../engram';
import { toGrid } from '../exactSum';

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
  /** The one write: s · max(0, m − s · p0) · sig, [t, ffn]. */
  readonly write: Float32Array;
  /** Pre-activations under the one write of all facts in the set, [t, ffn]. */
  readonly pre: Float64Array;
}

/**
 * Prepares an engram: centres its keys, recomputes its pre-activations p0 = W0 · x and its one write.
 * @param base W0, [ffn, d]; @param mu [d]; @param margin m
 */
export function prepareTrace(engram: Engram, base: Float32Array, mu: Float32Array, margin: number): Trace {
  const { t, d, ffn, keys, significance } = engram;
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
  const sign = targetSigns(engram);
  const write = new Float32Array(t * ffn);
  const pre = new Float64Array(t * ffn);
  for (let row = 0; row < t; row++) {
    for (let i = 0; i < ffn; i++) {
      const n = row * ffn + i;
      const s = sign[n] ?? 1;
      const p0 = toGrid(dot(base, i * d, keys, row * d, d));
      pre[n] = p0;
      write[n] = s * Math.max(0, margin - s * p0) * (significance[row] ?? 0);
    }
  }
  return { t, centred, key, length2, sign, write, pre };
}

/** Σ_j a[atA + j] · b[atB + j], j < count, in f64. */
export function dot(a: Float32Array, atA: number, b: Float32Array, atB: number, count: number): number {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += (a[atA + j] ?? 0) * (b[atB + j] ?? 0);
  return sum;
}
