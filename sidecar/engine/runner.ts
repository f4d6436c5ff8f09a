import type { Provider } from './providers';
import type { Codes, Memory } from './types';

/** What the graph computes at the asked positions, `count` rows each. */
export interface Step {
  /** [count, vocabulary] */
  logits: Float32Array;
  /** [count, d] */
  keys: Float32Array;
  codes: Codes;
  /** [count, ffn] */
  pre: Float32Array;
}

/** Tokens that are read one after another under one memory. Keys and values of those so far are kept. */
export interface Sequence {
  /** Tokens read so far. */
  readonly length: number;
  /**
   * Reads `tokens` after those so far; a step that fails leaves the sequence as it was.
   * @param asked indices into `tokens` at which results are wanted; at least one
   * @throws ModelError if ONNX Runtime cannot compute it
   */
  step(tokens: readonly number[], asked: readonly number[]): Promise<Step>;
  /** Frees what is kept. */
  end(): void;
}

/** A loaded graph. No step may begin before another has ended. */
export interface Runner {
  /** The execution provider in use. */
  readonly executionProvider: Provider;
  begin(memory: Memory): Sequence;
  /** To be called when all sequences have ended. */
  release(): Promise<void>;
}

/** What `reading` makes of a new sequence, which ends whatever comes of it. */
export async function withSequence<T>(
  runner: Runner,
  memory: Memory,
  reading: (sequence: Sequence) => Promise<T>,
): Promise<T> {
  const sequence = runner.begin(memory);
  try {
    return await reading(sequence);
  } finally {
    sequence.end();
  }
}
