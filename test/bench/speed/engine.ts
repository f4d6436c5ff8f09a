import type { Provider } from '../../../sidecar/engine/providers';

/** Seconds of one run: reading a prompt to the first token, and the tokens after it. */
export interface Run {
  readonly prefillSeconds: number;
  readonly decodeSeconds: number;
}

/** A language model in some engine. */
export interface Engine {
  /** From an empty cache: reads `context` tokens, chooses the most probable next one, and `count` more after it. */
  run(context: number, count: number): Promise<Run>;
}

/** Which model an engine loads, and how. */
export interface EngineOptions {
  readonly engine: 'quickfire' | 'llama.cpp';
  /** Folder of a converted model, or a GGUF file. */
  readonly model: string;
  readonly threads: number;
  /** What computes it in Quickfire; llama.cpp is on the CPU. */
  readonly provider: Provider;
  /** Most tokens that a run has. */
  readonly context: number;
  /** Folder that node-llama-cpp is installed in. */
  readonly llamaFolder: string;
}

/** The tokens of a prompt: those of any other text would take as long. */
export function promptOf(count: number): number[] {
  return Array.from({ length: count }, (_, i) => 300 + ((i * 7919) % 1500));
}
