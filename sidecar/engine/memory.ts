import type { ModelConfig } from './config';
import type { Memory } from './types';

/** What a QF2 layer holds before it learns: W0, [ffn, d], and L all zero. */
export function untaughtMemory({ qf2 }: ModelConfig, weight: Float32Array): Memory {
  const learned = {
    rows: new Float32Array(qf2.intermediate_size),
    places: new Int32Array(qf2.expansion.units),
  };
  return { version: 'base', weight, learned };
}
