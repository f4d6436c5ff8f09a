import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safetensorsHead } from '../../../sidecar/convert/safetensorsWriter';
import { files } from '../../../sidecar/engine/layout';
import { bf16Pool, Pools, repeated } from './noise';
import { nanoSource, type Shape } from './shapes';
import { qwen2Tensors, sizeOf, type RandomTensor } from './tensors';

const BYTES_EACH = 2;

/**
 * Writes a Hugging Face directory of a Qwen2 model with a QF2 layer: random weights in bf16, streamed, so that it
 * may be larger than the memory, and the tokenizer of the shipped model.
 */
export async function writeRandomCheckpoint(dir: string, { json, config }: Shape): Promise<void> {
  const { qf2, intermediate_size: ffn } = config;
  const isQf2 = (layer: number): boolean => layer === qf2.layer;
  const tensors = qwen2Tensors(
    config,
    (layer) => (isQf2(layer) ? qf2.intermediate_size : ffn),
    (layer) => !isQf2(layer),
  );
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, files.config), JSON.stringify(json, null, 2));
  await copyFile(join(nanoSource, files.tokenizer), join(dir, files.tokenizer));
  await writeFile(join(dir, 'model.safetensors'), safetensors(tensors));
}

function* safetensors(tensors: readonly RandomTensor[]): Generator<Uint8Array, void, undefined> {
  const header: Record<string, unknown> = {};
  let offset = 0;
  for (const tensor of tensors) {
    const end = offset + sizeOf(tensor) * BYTES_EACH;
    header[tensor.name] = { dtype: 'BF16', shape: tensor.shape, data_offsets: [offset, end] };
    offset = end;
  }
  yield safetensorsHead(header);
  const pools = new Pools();
  for (const tensor of tensors) {
    const { mean, deviation } = tensor;
    const pool = pools.get(`${mean} ${deviation}`, () => bf16Pool(mean, deviation));
    yield* repeated(pool, sizeOf(tensor) * BYTES_EACH);
  }
}
