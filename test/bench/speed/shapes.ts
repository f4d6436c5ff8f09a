import { join } from 'node:path';
import { parseConfig, readJson, type ModelConfig } from '../../../sidecar/engine/config';
import { files } from '../../../sidecar/engine/layout';
import { root } from '../../../scripts/run';

/** Models of these shapes are measured. */
export const SHAPES = ['qwen2.5-1.5b', 'nano'] as const;
export type ShapeName = (typeof SHAPES)[number];

/** A model's shape: its config.json, as it is written and as it is read. */
export interface Shape {
  readonly name: ShapeName;
  readonly json: Readonly<Record<string, unknown>>;
  readonly config: ModelConfig;
}

/** config.json of Qwen2.5-1.5B-Instruct, with the QF2 layer of the published checkpoint. */
const QWEN = {
  architectures: ['Qwen2ForCausalLM'],
  model_type: 'qwen2',
  hidden_act: 'silu',
  hidden_size: 1536,
  intermediate_size: 8960,
  max_position_embeddings: 32_768,
  num_attention_heads: 12,
  num_hidden_layers: 28,
  num_key_value_heads: 2,
  rms_norm_eps: 1e-6,
  rope_theta: 1_000_000,
  tie_word_embeddings: true,
  vocab_size: 151_936,
  qf2: { layer: 23, beta: 10 },
};

/** Folder of the shipped model, as it was trained. */
export const nanoSource = join(root, 'sidecar', 'models', 'nano');

/**
 * A shape by its name.
 * @param layers takes fewer layers than it has; the QF2 layer is then the last but one at the latest
 * @param positions lets it read so many tokens at least
 */
export async function shapeOf(
  name: ShapeName,
  layers: number | undefined,
  positions: number,
): Promise<Shape> {
  const file = join(nanoSource, files.config);
  const original = name === 'nano' ? await readJson(file) : QWEN;
  const { num_hidden_layers, max_position_embeddings, qf2 } = parseConfig(original, file);
  const count = Math.min(layers ?? num_hidden_layers, num_hidden_layers);
  const given = original as Record<string, unknown> & { qf2: object };
  const json = {
    ...given,
    num_hidden_layers: count,
    max_position_embeddings: Math.max(max_position_embeddings, positions),
    qf2: { ...given.qf2, layer: count === num_hidden_layers ? qf2.layer : Math.max(0, count - 2) },
  };
  return { name, json, config: parseConfig(json, name) };
}
