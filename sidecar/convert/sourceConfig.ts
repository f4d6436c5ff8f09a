import { join, sep } from 'node:path';
import { parseConfig, readJson, type ModelConfig } from '../engine/config';
import { ModelError } from '../engine/errors';
import { files } from '../engine/layout';
import { PRECISIONS, type Precision } from './precision';

/** What a checkpoint's own files may leave open about its QF2 layer. */
export interface Qf2Facts {
  /** Index of the layer, from 0. */
  readonly layer?: number;
  /** Steepness of its firing. */
  readonly beta?: number;
}

/** A configuration that leaves open what is needed; whoever knows it can give it. */
export class OpenQf2Fact extends ModelError {
  /** @param layers how many layers the model has */
  constructor(
    message: string,
    readonly missing: keyof Qf2Facts,
    readonly layers: number,
  ) {
    super(message);
  }
}

export interface SourceConfig {
  readonly config: ModelConfig;
  /** What config.json says, with a `qf2` section in any case. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The precision that the model's makers found to cost nothing, if they say so. */
  readonly precision: Precision | undefined;
}

/**
 * The published checkpoint, oxinnovate/QF2-1.5B-instruct, whose config.json is that of Qwen2.5-1.5B: its layer,
 * beta and rate are those of the code that it was published with (github.com/oxinnovate/QF2, qf2_learn.py).
 */
const PUBLISHED = {
  name: 'QF2-1.5B-instruct',
  shape: { hidden_size: 1536, intermediate_size: 8960, num_hidden_layers: 28 },
  qf2: { layer: 23, beta: 10, rule: { hebbian: { rate: 4e-4 } } },
};

/**
 * Reads config.json of a Hugging Face directory. Layer and beta are those that are given, else those of its `qf2`
 * section, else its `qflayer` and `qfbeta`, else those known of the published checkpoint.
 * @throws ModelError naming what is not supported; OpenQf2Fact naming what is missing and, of a plain Qwen2 model,
 * what to do about it.
 */
export async function readSourceConfig(dir: string, given: Qf2Facts = {}): Promise<SourceConfig> {
  const file = join(dir, files.config);
  const json = await readJson(file);
  if (!isRecord(json)) throw new ModelError(`${file} is not a model configuration.`);
  checkArchitecture(json, file);
  const { qflayer, qfbeta, qf2 = {} } = json;
  if (!isRecord(qf2)) throw new ModelError(`${file}: "qf2" must be an object.`);
  const section: Record<string, unknown> = {
    ...(isPublished(dir, json) && PUBLISHED.qf2),
    ...withoutGaps({ layer: qflayer, beta: qfbeta }),
    ...qf2,
    ...withoutGaps({ layer: given.layer, beta: given.beta }),
  };
  const precision = PRECISIONS.find((name) => name === section.precision);
  if (section.precision !== undefined && !precision) {
    throw new ModelError(`${file}: "precision" in "qf2" must be one of ${PRECISIONS.join(', ')}.`);
  }
  // With something in place of what is missing, so that nobody is asked for it in vain.
  const config = parseConfig({ ...json, qf2: { layer: 0, beta: 1, ...section } }, file);
  const layers = config.num_hidden_layers;
  if (section.layer === undefined) throw new OpenQf2Fact(`${file}: ${NO_LAYER}`, 'layer', layers);
  if (section.beta === undefined) {
    throw new OpenQf2Fact(
      `${file} does not specify beta, the steepness of the QF2 layer. Pass it with --beta, or add ` +
        `"qf2": {"layer": ${JSON.stringify(section.layer)}, "beta": 10} to the file.`,
      'beta',
      layers,
    );
  }
  return { config, json: { ...json, qf2: section }, precision };
}

const NO_LAYER =
  'this model has no QF2 layer, so it cannot learn facts. To add one, train the model with QFt: ' +
  '"python -m qft.convert --model DIR --data ROWS --out OUT --layer N" in sidecar/qft of Quickfire\'s source ' +
  '(see docs/models.md). If it was trained with QFt already, name the layer with --layer and --beta, or add ' +
  '"qf2": {"layer": 23, "beta": 10} to the file.';

function checkArchitecture({ model_type, quantization_config }: Record<string, unknown>, file: string): void {
  if (model_type !== 'qwen2' && model_type !== 'qf2') {
    const type = typeof model_type === 'string' ? `"${model_type}"` : 'unknown';
    throw new ModelError(
      `${file}: the model type is ${type}, which is not supported. Quickfire runs Qwen2 and Qwen2.5 models ("qwen2") with a QF2 layer.`,
    );
  }
  if (quantization_config !== undefined && quantization_config !== null) {
    throw new ModelError(
      `${file}: the checkpoint is quantized. Use the original checkpoint in bf16, f16 or f32.`,
    );
  }
}

/** Tells the published checkpoint by the folder it lies in (a clone, a download, or the hub's cache) and its shape. */
function isPublished(dir: string, json: Record<string, unknown>): boolean {
  const named = dir.split(sep).some((part) => part.toLowerCase().endsWith(PUBLISHED.name.toLowerCase()));
  return named && Object.entries(PUBLISHED.shape).every(([key, value]) => json[key] === value);
}

function withoutGaps(facts: object): object {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
