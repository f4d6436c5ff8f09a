import { writeFile } from 'node:fs/promises';
import type { ModelConfig } from '../../../sidecar/engine/config';
import { floatToHalf } from '../../../sidecar/engine/half';
import { randomOf } from '../../../sidecar/random';
import { ggufBytes, ggufFile, type GgufTensor, type GgufValue } from './gguf';
import { bytesOf, f32Pool, Pools, repeated } from './noise';
import { qwen2Tensors, type RandomTensor } from './tensors';

const BLOCK_BYTES = 18;
const POOL_BLOCKS = 2 ** 15;
/** Standard deviation of whole numbers from -8 to 7. */
const NIBBLE_DEVIATION = 4.6;
/** `general.file_type` of files whose matrices are Q4_0. */
const MOSTLY_Q4_0 = 2;
const NORMAL_TOKEN = 1;

/**
 * Writes a GGUF file of a Qwen2 model of this shape for llama.cpp, streamed: random matrices in Q4_0, norms and
 * biases in f32. It has no QF2 layer, which llama.cpp does not know: that layer is one like the others.
 */
export async function writeRandomGguf(file: string, config: ModelConfig): Promise<void> {
  const { intermediate_size: ffn } = config;
  const tensors = qwen2Tensors(
    config,
    () => ffn,
    () => true,
  );
  const pools = new Pools();
  const contents = tensors.map((tensor) => ggufTensor(tensor, pools));
  await writeFile(file, ggufFile(metadata(config), contents));
}

function ggufTensor({ gguf: name, shape, mean, deviation }: RandomTensor, pools: Pools): GgufTensor {
  const type = shape.length === 1 ? 'f32' : 'q4_0';
  const draw = (): Uint8Array => (type === 'f32' ? f32Pool(mean, deviation) : blockPool(deviation));
  const content = (): Iterable<Uint8Array> =>
    repeated(pools.get(`${type} ${mean} ${deviation}`, draw), ggufBytes({ shape, type }));
  return { name, shape, type, content };
}

/** Blocks of Q4_0: a scale in f16, and 32 random numbers of 4 bits. */
function blockPool(deviation: number): Uint8Array {
  const random = randomOf(1);
  const pool = Uint8Array.from({ length: POOL_BLOCKS * BLOCK_BYTES }, () => random() * 256);
  const scale = bytesOf(floatToHalf(Float32Array.of(deviation / NIBBLE_DEVIATION)));
  for (let block = 0; block < POOL_BLOCKS; block++) pool.set(scale, block * BLOCK_BYTES);
  return pool;
}

function metadata(config: ModelConfig): Record<string, GgufValue> {
  const bytes = byteTokens();
  const tokens = Array.from({ length: config.vocab_size }, (_, i) => bytes[i] ?? `<${i}>`);
  const last = { uint32: config.vocab_size - 1 };
  return {
    'general.architecture': { string: 'qwen2' },
    'general.name': { string: 'random' },
    'general.file_type': { uint32: MOSTLY_Q4_0 },
    'general.quantization_version': { uint32: 2 },
    'qwen2.block_count': { uint32: config.num_hidden_layers },
    'qwen2.context_length': { uint32: config.max_position_embeddings },
    'qwen2.embedding_length': { uint32: config.hidden_size },
    'qwen2.feed_forward_length': { uint32: config.intermediate_size },
    'qwen2.attention.head_count': { uint32: config.num_attention_heads },
    'qwen2.attention.head_count_kv': { uint32: config.num_key_value_heads },
    'qwen2.attention.layer_norm_rms_epsilon': { float32: config.rms_norm_eps },
    'qwen2.rope.freq_base': { float32: config.rope_theta },
    'tokenizer.ggml.model': { string: 'gpt2' },
    'tokenizer.ggml.pre': { string: 'qwen2' },
    'tokenizer.ggml.tokens': { strings: tokens },
    'tokenizer.ggml.token_type': { int32s: tokens.map(() => NORMAL_TOKEN) },
    'tokenizer.ggml.merges': { strings: [] },
    'tokenizer.ggml.eos_token_id': last,
    'tokenizer.ggml.padding_token_id': last,
  };
}

/** The characters that byte-level vocabularies show the 256 bytes by. */
function byteTokens(): string[] {
  const isPrintable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isPrintable(byte) ? byte : next++));
}
