import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ModelError, messageOf } from './errors';

const size = z.number().int().positive();

/** How `config.json` describes rotary position embedding: `rope_parameters` in new files, `rope_scaling` in old ones. */
const RopeParameters = z.object({
  rope_theta: z.number().positive().optional(),
  rope_type: z.string().optional(),
  /** An older name of `rope_type`, which transformers reads where the newer one is missing. */
  type: z.string().optional(),
});

/** The older section is there to scale, so it has to say that it does not. */
const RopeScaling = RopeParameters.refine(
  ({ rope_type, type }) => rope_type !== undefined || type !== undefined,
  'does not name its type',
);

/** The sparse code of the layer's input: of how many units how many are active. */
const Expansion = z
  .object({ units: size.max(65_536).default(8192), active: size.default(32) })
  .refine(({ units, active }) => active < units, 'active must be less than units');

/** The `qf2` section of `config.json`: the layer that learns, and how the model is asked and taught. */
const Qf2Config = z.object({
  /** Index of the QF2 layer, from 0. */
  layer: z.number().int().nonnegative(),
  /** Steepness of the firing, sigmoid(beta * pre). */
  beta: z.number().positive(),
  /** Neurons of the QF2 layer; defaults to the model's intermediate_size. */
  intermediate_size: size.optional(),
  /** Absent in checkpoints that bring no expansion; the converter then draws one. */
  expansion: Expansion.optional(),
  /** Target of |pre| for the rule `margin`. */
  margin: z.number().positive().default(0.4),
  significance: z.enum(['one_minus_p']).default('one_minus_p'),
  prompt: z
    .string()
    .refine(
      (text) => text.includes('{system}') && text.includes('{user}'),
      'must contain {system} and {user}',
    )
    .default('system: {system}\nuser: {user}\nassistant:'),
  /** Text that ends an answer. */
  stop: z.string().min(1).default('\n'),
  /** What the model answers when it does not know. */
  abstention: z.string().default('Need more information.'),
  /** Of a model that was trained to draft: what to ask it for the answer that a statement has. */
  draft: z.string().min(1).optional(),
  rule: z
    .object({
      margin: z
        .object({
          /** Most sweeps of a replay over the stored positions. */
          replay_sweeps: size.default(64),
          /** Margin that a replay brings about, as a share of `margin`. */
          replay_share: z.number().positive().default(0.7),
          /** Most margin that a replay keeps for the controls' neurons, as a share of `margin`. */
          control_margin: z.number().nonnegative().default(0.25),
        })
        .prefault({}),
      hebbian: z.object({ rate: z.number().positive().default(0.02) }).prefault({}),
    })
    .prefault({}),
});

const HuggingFaceConfig = z
  .object({
    vocab_size: size,
    hidden_size: size,
    intermediate_size: size,
    num_hidden_layers: size,
    num_attention_heads: size,
    num_key_value_heads: size,
    head_dim: size.nullish(),
    hidden_act: z.literal('silu').default('silu'),
    max_position_embeddings: size,
    rms_norm_eps: z.number().positive(),
    rope_theta: z.number().positive().optional(),
    rope_parameters: RopeParameters.nullish(),
    rope_scaling: RopeScaling.nullish(),
    tie_word_embeddings: z.boolean().default(false),
    use_sliding_window: z.literal(false, 'sliding-window attention is not supported').default(false),
    qf2: Qf2Config,
  })
  .transform(({ rope_parameters, rope_scaling, ...config }, context) => {
    const issue = (message: string): void => {
      context.addIssue({ code: 'custom', message });
    };
    const { hidden_size, num_attention_heads, num_key_value_heads, qf2 } = config;
    const head_dim = config.head_dim ?? hidden_size / num_attention_heads;
    const rope_theta = config.rope_theta ?? rope_parameters?.rope_theta ?? rope_scaling?.rope_theta ?? 10_000;
    if (!Number.isInteger(head_dim) || head_dim % 2 !== 0)
      issue(`head size ${head_dim} must be an even whole number`);
    if (num_attention_heads % num_key_value_heads !== 0) {
      issue(
        `${num_attention_heads} attention heads cannot share ${num_key_value_heads} key/value heads evenly`,
      );
    }
    if (qf2.layer >= config.num_hidden_layers) {
      issue(`qf2.layer is ${qf2.layer}, but the model has ${config.num_hidden_layers} layers (0 to n-1)`);
    }
    for (const rope of [rope_parameters, rope_scaling]) {
      const type = rope?.rope_type ?? rope?.type ?? 'default';
      if (type !== 'default') issue(`rotary embedding type "${type}" is not supported`);
    }
    const filled = {
      ...qf2,
      intermediate_size: qf2.intermediate_size ?? config.intermediate_size,
      expansion: qf2.expansion ?? Expansion.parse({}),
      /** Whether the expansion is the checkpoint's own. */
      ownExpansion: qf2.expansion !== undefined,
    };
    return { ...config, head_dim, rope_theta, qf2: filled };
  });

/** A model's `config.json`, field names as in the file, defaults filled in. */
export type ModelConfig = z.output<typeof HuggingFaceConfig>;

/**
 * Checks a parsed `config.json`. `file` is only used in messages.
 * @throws ModelError naming each bad field, or that the model has no QF2 layer.
 */
export function parseConfig(json: unknown, file: string): ModelConfig {
  if (typeof json === 'object' && json !== null && !('qf2' in json)) {
    throw new ModelError(
      `${file}: this model has no QF2 layer (no "qf2" section), so it cannot learn facts. ` +
        'Convert it with sidecar/qft first.',
    );
  }
  const parsed = HuggingFaceConfig.safeParse(json);
  if (!parsed.success) throw new ModelError(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Reads and checks `config.json` of a model directory. */
export async function readConfig(dir: string): Promise<ModelConfig> {
  const file = join(dir, 'config.json');
  return parseConfig(await readJson(file), file);
}

/**
 * Reads a JSON file of a model directory, over a byte order mark.
 * @throws ModelError if it is missing or not JSON.
 */
export async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new ModelError(`The model file ${file} cannot be read: ${messageOf(error)}`);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ModelError(`The model file ${file} is not valid JSON: ${messageOf(error)}`);
  }
}
