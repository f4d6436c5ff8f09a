import type { Breath } from '../learning/breath';
import { addScaled } from '../learning/rules/addScaled';

/** What one write put into a matrix [outputs, inputs]: output · inputᵀ. */
export interface Write {
  /** Gives the input, [inputs]; it may be made anew each time. */
  readonly input: () => Float32Array;
  /** [outputs] */
  readonly output: Float32Array;
}

/** A matrix as the product B A. */
export interface Factors {
  readonly rank: number;
  /** A, [rank, inputs] row-major. */
  readonly a: Float32Array;
  /** B, [outputs, rank] row-major. */
  readonly b: Float32Array;
}

/**
 * The sum of all writes as a product of least rank that needs no approximation: the writes themselves, where they
 * are not more than the inputs in use or the outputs; else the sum, and the identity for the fewer of the two.
 * @throws the breath's reason if it is stopped
 */
export async function factorsOf(
  writes: readonly Write[],
  inputs: number,
  outputs: number,
  breath: Breath,
): Promise<Factors> {
  const used = usedInputs(writes, inputs);
  if (writes.length <= Math.min(used.length, outputs)) {
    const a = joined(writes, ({ input }) => input(), inputs);
    const b = transposed(
      writes.map(({ output }) => output),
      outputs,
    );
    return { rank: writes.length, a, b };
  }
  const sums = await sumsOf(writes, used, outputs, breath);
  if (used.length <= outputs) {
    const a = joined(used, (input) => unit(inputs, input), inputs);
    return { rank: used.length, a, b: transposed(sums, outputs) };
  }
  const a = new Float32Array(outputs * inputs);
  used.forEach((input, n) => {
    for (let i = 0; i < outputs; i++) a[i * inputs + input] = sums[n]?.[i] ?? 0;
  });
  const all = Array.from({ length: outputs }, (_, i) => i);
  return { rank: outputs, a, b: joined(all, (output) => unit(outputs, output), outputs) };
}

/** Inputs that are not 0 in every write, ascending. */
function usedInputs(writes: readonly Write[], inputs: number): number[] {
  const marks = new Uint8Array(inputs);
  for (const { input } of writes) {
    input().forEach((value, j) => {
      if (value !== 0) marks[j] = 1;
    });
  }
  return [...marks.keys()].filter((j) => marks[j] === 1);
}

/** For each of these inputs what all writes together put there, [outputs]. */
async function sumsOf(
  writes: readonly Write[],
  used: readonly number[],
  outputs: number,
  breath: Breath,
): Promise<Float32Array[]> {
  const sums = used.map(() => new Float32Array(outputs));
  for (const [n, { input, output }] of writes.entries()) {
    const values = input();
    used.forEach((j, at) => {
      const sum = sums[at];
      if (sum) addScaled(sum, output, values[j] ?? 0);
    });
    await breath.take(n, writes.length);
  }
  return sums;
}

/** A row of each item below each other, [items, width]. */
function joined<T>(items: readonly T[], rowOf: (item: T) => Float32Array, width: number): Float32Array {
  const matrix = new Float32Array(items.length * width);
  items.forEach((item, n) => {
    matrix.set(rowOf(item), n * width);
  });
  return matrix;
}

/** 1 at one place, else 0, [size]. */
function unit(size: number, place: number): Float32Array {
  return new Float32Array(size).fill(1, place, place + 1);
}

/** Rows beside each other, [height, rows]. */
function transposed(rows: readonly Float32Array[], height: number): Float32Array {
  const matrix = new Float32Array(height * rows.length);
  rows.forEach((row, n) => {
    for (let i = 0; i < height; i++) matrix[i * rows.length + n] = row[i] ?? 0;
  });
  return matrix;
}
