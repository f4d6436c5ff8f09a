import type { KvCache } from './cache';
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

/** A loaded graph. Not to be called again before a step has ended. */
export interface Runner {
  /** The execution provider in use. */
  readonly executionProvider: Provider;
  /**
   * Runs `tokens` after what `cache` holds, and appends them to it; a step that fails leaves it as it was.
   * @param asked indices into `tokens` at which results are wanted; at least one
   * @throws ModelError if ONNX Runtime cannot compute it
   */
  step(tokens: readonly number[], asked: readonly number[], cache: KvCache, memory: Memory): Promise<Step>;
  release(): Promise<void>;
}
