/** What the QF2 layer holds. `version` keys caches: equal versions have equal weight and bias. */
export interface Memory {
  readonly version: string;
  /** W', [ffn, d] row-major. */
  readonly weight: Float32Array;
  /** [ffn]. */
  readonly bias: Float32Array;
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
  /** The generated tokens, [t]; the last one contains the stop if `stopped` is 'newline'. */
  tokens: number[];
  /** Input of the QF2 layer at each position that predicted a token, [t, d]. */
  keys: Float32Array;
  stopped: 'newline' | 'length';
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
  /** ONNX Runtime execution provider to try first. Defaults to 'cpu', which is also the fallback. */
  executionProvider?: string;
}
