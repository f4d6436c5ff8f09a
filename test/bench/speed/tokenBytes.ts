import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Precision } from '../../../sidecar/convert/precision';
import type { ModelConfig } from '../../../sidecar/engine/config';
import { files } from '../../../sidecar/engine/layout';

const F32 = 4;
const F16 = 2;

/** Bytes that Quickfire reads to decode one token: all weights but the embedding's other rows, and the cache. */
export async function quickfireBytes(
  folder: string,
  config: ModelConfig,
  precision: Precision,
  context: number,
): Promise<number> {
  const { size } = await stat(join(folder, files.weights));
  const { hidden_size: d, vocab_size, head_dim, max_position_embeddings: positions, qf2 } = config;
  const rotary = positions * head_dim * F32;
  const isHead = precision === 'fp32' && config.tie_word_embeddings;
  const embedding = isHead ? 0 : vocab_size * d * (precision === 'fp32' ? F32 : F16);
  return size - rotary - embedding + qf2.intermediate_size * d * F32 + cacheBytes(config, context, F32);
}

/** The same for llama.cpp, which keeps its cache in f16; the embedding is the head as well. */
export async function llamaBytes(file: string, config: ModelConfig, context: number): Promise<number> {
  return (await stat(file)).size + cacheBytes(config, context, F16);
}

function cacheBytes(config: ModelConfig, context: number, each: number): number {
  return 2 * config.num_hidden_layers * config.num_key_value_heads * config.head_dim * context * each;
}
