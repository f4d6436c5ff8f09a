import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readConfig, type ModelConfig } from '../engine/config';
import { ModelError } from '../engine/errors';
import { files, qf2Tensors } from '../engine/layout';
import { Tokenizer } from '../engine/tokenizer';
import { Checkpoint } from './checkpoint';
import { encodeModel } from './onnxProto';
import { buildGraph } from './qwen2';
import { writeSafetensors, type NamedTensor } from './safetensorsWriter';
import { Weights } from './weights';
import { WeightsWriter } from './weightsWriter';

export interface Conversion {
  config: ModelConfig;
  /** Identity of the converted model. */
  id: string;
  /** Bytes of the external weights. */
  bytes: number;
}

/**
 * Converts a Hugging Face directory (config.json, safetensors, tokenizer.json) into a model directory:
 * an f32 ONNX graph that takes the QF2 layer's weight as an input, and a side file with its base weight and mu.
 * The side file is written last, so that an interrupted conversion is not taken for a model.
 * @param onProgress told the share that is done, 0 to 1
 * @throws ModelError naming what is missing, truncated, misshaped or not supported.
 */
export async function convert(
  source: string,
  target: string,
  onProgress?: (share: number) => void,
): Promise<Conversion> {
  if (resolve(source) === resolve(target)) throw new ModelError('Source and target must be two directories.');
  const config = await readConfig(source);
  await Tokenizer.load(source, config.vocab_size);
  const checkpoint = await Checkpoint.open(source, onProgress);
  try {
    const qf2 = await readQf2(config, checkpoint);
    await mkdir(target, { recursive: true });
    await rm(join(target, files.qf2), { force: true });
    const { id, bytes } = await writeOnnx(config, checkpoint, target, qf2);
    for (const name of [files.config, files.tokenizer])
      await copyFile(join(source, name), join(target, name));
    await writeSafetensors(join(target, files.qf2), qf2, { id, bytes: String(bytes) });
    return { config, id, bytes };
  } finally {
    await checkpoint.close();
  }
}

async function readQf2(config: ModelConfig, checkpoint: Checkpoint): Promise<Record<string, NamedTensor>> {
  const { layer, intermediate_size: ffn } = config.qf2;
  const d = config.hidden_size;
  const up = `model.layers.${layer}.mlp.up_proj.weight`;
  return {
    [qf2Tensors.weight]: { shape: [ffn, d], data: await checkpoint.read(up, [ffn, d]) },
    [qf2Tensors.mu]: { shape: [d], data: await checkpoint.read(qf2Tensors.mu, [d]) },
  };
}

async function writeOnnx(
  config: ModelConfig,
  checkpoint: Checkpoint,
  target: string,
  qf2: Readonly<Record<string, NamedTensor>>,
): Promise<{ id: string; bytes: number }> {
  const writer = await WeightsWriter.create(join(target, files.weights), files.weights);
  try {
    const graph = encodeModel(await buildGraph(config, new Weights(checkpoint, writer)));
    await writeFile(join(target, files.graph), graph);
    const learned = Object.values(qf2).map(({ data }) => new Uint8Array(data.buffer));
    return { id: writer.digest(graph, ...learned).slice(0, 16), bytes: writer.size };
  } finally {
    await writer.close();
  }
}
