import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSafetensors, type NamedTensor } from '../../../sidecar/convert/safetensorsWriter';

/** The shape of a small model with random weights. */
export interface Shape {
  layers: number;
  /** Index of the QF2 layer. */
  qf2Layer: number;
  hidden: number;
  heads: number;
  kvHeads: number;
  ffn: number;
  qf2Ffn: number;
  units: number;
  active: number;
  context: number;
  tied: boolean;
}

export const tiny: Shape = {
  layers: 3,
  qf2Layer: 1,
  hidden: 32,
  heads: 4,
  kvHeads: 2,
  ffn: 48,
  qf2Ffn: 64,
  units: 96,
  active: 5,
  context: 128,
  tied: true,
};

const ADDED_TOKENS = ['system:', '\nuser:', '\nassistant:'];
const VOCABULARY = 256 + ADDED_TOKENS.length;

/** Writes a Hugging Face directory of a Qwen2 model with a QF2 layer: seeded random weights, one token a byte. */
export async function writeRandomModel(dir: string, shape: Shape, seed = 1): Promise<void> {
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'config.json'), JSON.stringify(configOf(shape), null, 2));
  await writeFile(join(dir, 'tokenizer.json'), JSON.stringify(byteTokenizer()));
  await writeSafetensors(join(dir, 'model.safetensors'), randomTensors(shape, seed));
}

export function configOf(shape: Shape): Record<string, unknown> {
  return {
    architectures: ['Qf2ForCausalLM'],
    model_type: 'qf2',
    hidden_act: 'silu',
    hidden_size: shape.hidden,
    intermediate_size: shape.ffn,
    max_position_embeddings: shape.context,
    num_attention_heads: shape.heads,
    num_hidden_layers: shape.layers,
    num_key_value_heads: shape.kvHeads,
    rms_norm_eps: 1e-6,
    rope_theta: 10_000,
    tie_word_embeddings: shape.tied,
    vocab_size: VOCABULARY,
    qf2: {
      layer: shape.qf2Layer,
      beta: 10,
      intermediate_size: shape.qf2Ffn,
      expansion: { units: shape.units, active: shape.active },
    },
  };
}

/** All tensors of such a model, by their Hugging Face names. */
export function randomTensors(shape: Shape, seed: number): Record<string, NamedTensor> {
  const normal = normals(seed);
  const tensor = (scale: number, offset: number, ...dims: number[]): NamedTensor => {
    const size = dims.reduce((product, n) => product * n, 1);
    return { shape: dims, data: Float32Array.from({ length: size }, () => offset + scale * normal()) };
  };
  const { hidden: d, heads, kvHeads, ffn, qf2Ffn } = shape;
  const kv = (d / heads) * kvHeads;
  const matrix = (out: number, width: number): NamedTensor => tensor(1 / Math.sqrt(width), 0, out, width);
  const tensors: Record<string, NamedTensor> = {
    'model.embed_tokens.weight': tensor(1, 0, VOCABULARY, d),
    'model.norm.weight': tensor(0.1, 1, d),
    // What nobody reads is no error.
    'unused.weight': tensor(0.1, 0, d),
  };
  if (!shape.tied) tensors['lm_head.weight'] = matrix(VOCABULARY, d);
  for (let i = 0; i < shape.layers; i++) {
    const isQf2 = i === shape.qf2Layer;
    const width = isQf2 ? qf2Ffn : ffn;
    const layer: Record<string, NamedTensor> = {
      'input_layernorm.weight': tensor(0.1, 1, d),
      'post_attention_layernorm.weight': tensor(0.1, 1, d),
      'self_attn.q_proj.weight': matrix(d, d),
      'self_attn.q_proj.bias': tensor(0.5, 0, d),
      'self_attn.k_proj.weight': matrix(kv, d),
      'self_attn.k_proj.bias': tensor(0.5, 0, kv),
      'self_attn.v_proj.weight': matrix(kv, d),
      'self_attn.v_proj.bias': tensor(0.5, 0, kv),
      'self_attn.o_proj.weight': matrix(d, d),
      'mlp.up_proj.weight': matrix(width, d),
      'mlp.down_proj.weight': matrix(d, width),
      ...(!isQf2 && { 'mlp.gate_proj.weight': matrix(width, d) }),
    };
    for (const [name, value] of Object.entries(layer)) tensors[`model.layers.${i}.${name}`] = value;
  }
  return tensors;
}

/** A byte-level tokenizer without merges. */
function byteTokenizer(): Record<string, unknown> {
  const vocab = Object.fromEntries(byteCharacters().map((character, byte) => [character, byte]));
  const added_tokens = ADDED_TOKENS.map((content, i) => ({
    id: 256 + i,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: false,
  }));
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  return {
    version: '1.0',
    added_tokens,
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: { type: 'BPE', vocab, merges: [] },
  };
}

/** GPT-2's printable stand-ins for the 256 bytes. */
function byteCharacters(): string[] {
  const printable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
}

/** Seeded standard normal numbers (mulberry32, Box-Muller). */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
