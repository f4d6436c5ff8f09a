import type { ProviderChoice } from './providers';

/** What the QF2 layer computes with: at input x with code φ, pre = W x + Lᵀ φ. */
export interface Weights {
  /** W, [ffn, d] row-major. */
  readonly weight: Float32Array;
  /** L, [units, ffn]; all zero at base. */
  readonly learned: Learned;
}

/** What the QF2 layer holds. */
export interface Memory extends Weights {
  /** Keys caches: equal versions have equal arrays. */
  readonly version: string;
}

/** A matrix [units, ffn] of which only the rows that are not zero are kept. */
export interface Learned {
  /** Rows, one after another, [n, ffn]: the first is zero; some may belong to other versions of the matrix. */
  readonly rows: Float32Array;
  /** Where among them each unit's row is, [units]; 0 for a zero row. */
  readonly places: Int32Array;
}

/**
 * Sparse codes φ of the layer's inputs: at each of t positions `active` units of unit length together, all
 * others 0. Over z = E x + e, φ is in proportion to z less the largest z that is not active.
 */
export interface Codes {
  readonly active: number;
  /** Units, strongest first, [t, active]. */
  readonly index: Uint16Array;
  /** Their values, [t, active]. */
  readonly value: Float32Array;
}

/** The two parts of the prompt; an empty `system` asks without the statement (update, infer). */
export interface Prompt {
  readonly system: string;
  readonly user: string;
}

/** What one teacher-forced prefill saw at the `t` positions that predict the answer's tokens and the stop. */
export interface Recording {
  /** The expected tokens: the answer's and the stop's, [t]. */
  tokens: number[];
  /** Input of the QF2 layer, [t, d]. */
  keys: Float32Array;
  codes: Codes;
  /** Pre-activation of the QF2 layer, [t, ffn]. */
  pre: Float32Array;
  /** Probability of each expected token, [t]. */
  probability: Float32Array;
  /** Whether each expected token was the most probable one, [t]. */
  correct: boolean[];
  t: number;
}

export interface Generation {
  /** The answer, without the stop and without surrounding blanks. */
  text: string;
  /** The generated tokens, [t]; the last one contains the stop, unless a limit came first. */
  tokens: number[];
  /** Input of the QF2 layer at each position that predicted a token, [t, d]. */
  keys: Float32Array;
  codes: Codes;
  /** Pre-activation of the QF2 layer at these positions, [t, ffn]. */
  pre: Float32Array;
}

/** A question that nobody teaches, and what the model answers. */
export interface Control {
  readonly question: string;
  readonly answer: string;
}

export interface GenerateOptions {
  /** Checked before each token; aborting rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Defaults to 64; the model's context is a limit as well. */
  maxTokens?: number;
  /** Receives each new piece of the answer's text. */
  onToken?: (text: string) => void;
}

export interface LoadOptions {
  /** What to compute it on; where that is not there or not fit, the CPU. Defaults to 'cpu'. */
  executionProvider?: ProviderChoice;
  /** Folder in which GPUs that are being tried are marked, in case one takes the process down; none if not given. */
  trialsDir?: string;
  /** Told in one line each which execution providers are not used, and why. */
  log?: (message: string) => void;
}
