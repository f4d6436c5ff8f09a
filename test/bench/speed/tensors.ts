import type { ModelConfig } from '../../../sidecar/engine/config';

/** A tensor of random numbers. */
export interface RandomTensor {
  /** Its name in a Hugging Face checkpoint, and in a GGUF file. */
  readonly name: string;
  readonly gguf: string;
  /** Row-major: [out, in] of a matrix. */
  readonly shape: readonly number[];
  readonly mean: number;
  readonly deviation: number;
}

/**
 * All tensors of a Qwen2 model; matrices keep the size of what passes through them.
 * @param ffnOf width of a layer's feed-forward part
 * @param isGated whether it has a gate
 */
export function qwen2Tensors(
  config: ModelConfig,
  ffnOf: (layer: number) => number,
  isGated: (layer: number) => boolean,
): RandomTensor[] {
  const { hidden_size: d, num_attention_heads, num_key_value_heads, head_dim, vocab_size } = config;
  const [q, kv] = [num_attention_heads * head_dim, num_key_value_heads * head_dim];
  const matrix = (name: string, gguf: string, out: number, width: number): RandomTensor => ({
    name: `${name}.weight`,
    gguf: `${gguf}.weight`,
    shape: [out, width],
    mean: 0,
    deviation: 1 / Math.sqrt(width),
  });
  const norm = (name: string, gguf: string): RandomTensor => ({
    name: `${name}.weight`,
    gguf: `${gguf}.weight`,
    shape: [d],
    mean: 1,
    deviation: 0.1,
  });
  const bias = (name: string, gguf: string, width: number): RandomTensor => ({
    name: `${name}.bias`,
    gguf: `${gguf}.bias`,
    shape: [width],
    mean: 0,
    deviation: 0.1,
  });
  const tensors = [
    matrix('model.embed_tokens', 'token_embd', vocab_size, d),
    norm('model.norm', 'output_norm'),
  ];
  for (let i = 0; i < config.num_hidden_layers; i++) {
    const [hf, gguf] = [`model.layers.${i}`, `blk.${i}`];
    const ffn = ffnOf(i);
    tensors.push(
      norm(`${hf}.input_layernorm`, `${gguf}.attn_norm`),
      matrix(`${hf}.self_attn.q_proj`, `${gguf}.attn_q`, q, d),
      bias(`${hf}.self_attn.q_proj`, `${gguf}.attn_q`, q),
      matrix(`${hf}.self_attn.k_proj`, `${gguf}.attn_k`, kv, d),
      bias(`${hf}.self_attn.k_proj`, `${gguf}.attn_k`, kv),
      matrix(`${hf}.self_attn.v_proj`, `${gguf}.attn_v`, kv, d),
      bias(`${hf}.self_attn.v_proj`, `${gguf}.attn_v`, kv),
      matrix(`${hf}.self_attn.o_proj`, `${gguf}.attn_output`, d, q),
      norm(`${hf}.post_attention_layernorm`, `${gguf}.ffn_norm`),
      ...(isGated(i) ? [matrix(`${hf}.mlp.gate_proj`, `${gguf}.ffn_gate`, ffn, d)] : []),
      matrix(`${hf}.mlp.up_proj`, `${gguf}.ffn_up`, ffn, d),
      matrix(`${hf}.mlp.down_proj`, `${gguf}.ffn_down`, d, ffn),
    );
  }
  return tensors;
}

/** Numbers in a tensor. */
export function sizeOf({ shape }: RandomTensor): number {
  return shape.reduce((product, n) => product * n, 1);
}
