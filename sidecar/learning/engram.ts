import type { Recording } from '../engine/types';

/**
 * What one fact leaves behind on one model: for each of its `t` answer positions that must learn, the
 * key that the QF2 layer saw without the statement, and the firing that it had with the statement.
 */
export interface Engram {
  readonly t: number;
  readonly d: number;
  readonly ffn: number;
  /** x, the layer's input without the statement, [t, d]. */
  readonly keys: Float32Array;
  /** Whether y* fires, one bit each, [t, ceil(ffn / 8)], lowest bit first. */
  readonly targets: Uint8Array;
  /** Weight of each position: 1 − p, p = probability of its token without the statement, [t]. */
  readonly significance: Float32Array;
  /** y* itself, [t, ffn], for a rule that uses its value; absent for a rule that uses its sign. */
  readonly firing?: Float32Array;
}

export interface EngramOptions {
  /** Positions with less significance than this are dropped: the model knows them already. */
  threshold: number;
  /** Takes every position at full significance: the second try at a fact that did not hold. */
  emphasis: boolean;
  /** Keeps y* itself beside its sign. */
  keepFiring: boolean;
  /** Steepness of the firing, y* = sigmoid(beta · pre). */
  beta: number;
}

/** One question's two recordings of the same answer: with the statement, and without. */
export interface Lesson {
  instruct: Recording;
  update: Recording;
}

/** Bytes that one position's `ffn` targets take. */
export function targetBytes(ffn: number): number {
  return (ffn + 7) >> 3;
}

/**
 * Forms the engram of a fact from the recordings of all its questions, in their order.
 * @param d width of a key; @param ffn number of neurons
 */
export function formEngram(
  lessons: readonly Lesson[],
  d: number,
  ffn: number,
  options: EngramOptions,
): Engram {
  const kept: { lesson: Lesson; position: number; significance: number }[] = [];
  for (const lesson of lessons) {
    for (let position = 0; position < lesson.update.t; position++) {
      const significance = options.emphasis ? 1 : 1 - (lesson.update.probability[position] ?? 0);
      if (significance >= options.threshold) kept.push({ lesson, position, significance });
    }
  }
  const t = kept.length;
  const bytes = targetBytes(ffn);
  const keys = new Float32Array(t * d);
  const targets = new Uint8Array(t * bytes);
  const significance = new Float32Array(t);
  const firing = options.keepFiring ? new Float32Array(t * ffn) : undefined;
  kept.forEach(({ lesson, position, significance: weight }, row) => {
    keys.set(lesson.update.keys.subarray(position * d, (position + 1) * d), row * d);
    significance[row] = weight;
    const pre = lesson.instruct.pre.subarray(position * ffn, (position + 1) * ffn);
    packSigns(pre, targets.subarray(row * bytes, (row + 1) * bytes));
    firing?.set(sigmoid(pre, options.beta), row * ffn);
  });
  return { t, d, ffn, keys, targets, significance, ...(firing && { firing }) };
}

/** Unpacks the targets to s = +1 where the neuron fires and −1 where it does not, [t, ffn]. */
export function targetSigns(engram: Engram): Int8Array {
  const { t, ffn, targets } = engram;
  const bytes = targetBytes(ffn);
  const signs = new Int8Array(t * ffn);
  for (let row = 0; row < t; row++) {
    for (let i = 0; i < ffn; i++) {
      const byte = targets[row * bytes + (i >> 3)] ?? 0;
      signs[row * ffn + i] = (byte >> (i & 7)) & 1 ? 1 : -1;
    }
  }
  return signs;
}

function packSigns(pre: Float32Array, out: Uint8Array): void {
  for (let i = 0; i < pre.length; i++) {
    if ((pre[i] ?? 0) > 0) out[i >> 3] = (out[i >> 3] ?? 0) | (1 << (i & 7));
  }
}

function sigmoid(pre: Float32Array, beta: number): Float32Array {
  return pre.map((value) => 1 / (1 + Math.exp(-beta * value)));
}
