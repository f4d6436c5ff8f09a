import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ModelConfig } from '../engine/config';
import { readControls } from '../engine/controls';
import { ModelError } from '../engine/errors';
import { baseTensor, files } from '../engine/layout';
import { Tokenizer } from '../engine/tokenizer';
import { DEFAULT_BLOCK, type BlockSize } from './blocks';
import { Checkpoint } from './checkpoint';
import { readExpansion } from './expansion';
import { encodeModel } from '../onnx/onnxProto';
import { defaultPrecision, type Format, type Precision } from './precision';
import { buildGraph, type CachePlace } from './qwen2';
import { writeSafetensors, type NamedTensor } from './safetensorsWriter';
import { readSourceConfig, type Qf2Facts } from './sourceConfig';
import { Weights } from './weights';
import { WeightsWriter } from './weightsWriter';

export interface ConvertOptions extends Qf2Facts {
  /** Defaults to what config.json asks for, else to int4 for a large model and to fp32 for another. */
  readonly precision?: Precision;
  /** Numbers that share a scale in int4 and int8. Defaults to 32. */
  readonly block?: BlockSize;
  /** Told the share that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

export interface Conversion {
  config: ModelConfig;
  precision: Precision;
  /** Identity of the converted model. */
  id: string;
  /** Bytes of the external weights. */
  bytes: number;
}

/**
 * Converts a Hugging Face directory (config.json, safetensors, tokenizer.json, controls.json if there is one)
 * into a model directory: ONNX graphs, for the CPU and for GPUs, that take the QF2 layer's weight and what it has
 * learned as inputs, a config.json that says all about that layer, and a side file with its base weight in f32.
 * Tensors pass through in pieces, so that a model may be larger than the memory.
 * The side file is written last, so that an interrupted conversion is not taken for a model.
 * @throws ModelError naming what is missing, truncated, misshaped or not supported.
 */
export async function convert(
  source: string,
  target: string,
  { onProgress, precision: wanted, block = DEFAULT_BLOCK, ...given }: ConvertOptions = {},
): Promise<Conversion> {
  if (resolve(source) === resolve(target))
    throw new ModelError('Source and target must be different directories.');
  const { config, json, precision: preferred } = await readSourceConfig(resolve(source), given);
  await Tokenizer.load(source, config.vocab_size);
  const checkpoint = await Checkpoint.open(source, onProgress);
  try {
    const precision = wanted ?? preferred ?? defaultPrecision(checkpoint);
    const base = await readBase(config, checkpoint);
    await readControls(source);
    await mkdir(target, { recursive: true });
    // Deleted, not written over: a process that uses the former weights has them mapped.
    for (const name of [files.weights, files.qf2]) await rm(join(target, name), { force: true });
    const { id, bytes } = await writeOnnx(config, checkpoint, target, base, { precision, block });
    await writeFile(join(target, files.config), `${JSON.stringify(json, null, 2)}\n`);
    for (const name of [files.tokenizer, files.controls]) {
      const copy = join(target, name);
      await rm(copy, { force: true });
      // Written, since a copy of a file that is read-only would be so too.
      if (existsSync(join(source, name))) await writeFile(copy, await readFile(join(source, name)));
    }
    await writeSafetensors(join(target, files.qf2), { [baseTensor]: base }, { id, bytes: String(bytes) });
    onProgress?.(1);
    return { config, precision, id, bytes };
  } finally {
    await checkpoint.close();
  }
}

/** W0 of the QF2 layer. */
async function readBase({ hidden_size, qf2 }: ModelConfig, checkpoint: Checkpoint): Promise<NamedTensor> {
  const shape = [qf2.intermediate_size, hidden_size];
  return { shape, data: await checkpoint.read(`model.layers.${qf2.layer}.mlp.up_proj.weight`, shape) };
}

async function writeOnnx(
  config: ModelConfig,
  checkpoint: Checkpoint,
  target: string,
  { data }: NamedTensor,
  format: Format,
): Promise<{ id: string; bytes: number }> {
  const writer = await WeightsWriter.create(join(target, files.weights), files.weights);
  try {
    const weights = new Weights(checkpoint, writer);
    const expansion = await readExpansion(config, checkpoint);
    const write = async (file: string, cache: CachePlace): Promise<Uint8Array> => {
      const graph = encodeModel(await buildGraph(config, weights, expansion, format, cache));
      await writeFile(join(target, file), graph);
      return graph;
    };
    const graph = await write(files.graph, 'host');
    // It computes the same, and leaves the model's identity alone.
    await write(files.deviceGraph, 'device');
    return { id: writer.digest(graph, new Uint8Array(data.buffer)).slice(0, 16), bytes: writer.size };
  } finally {
    await writer.close();
  }
}
