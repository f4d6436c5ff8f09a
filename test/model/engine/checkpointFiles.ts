import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NamedTensor } from '../../../sidecar/convert/safetensorsWriter';
import { floatToHalf } from '../../../sidecar/engine/half';

export type Dtype = 'F32' | 'F16' | 'BF16';

/** Writes tensors as shards with an index, as Hugging Face does; in order, about the same number into each. */
export async function writeShards(
  dir: string,
  tensors: Readonly<Record<string, NamedTensor>>,
  dtype: Dtype,
  count: number,
): Promise<void> {
  const entries = Object.entries(tensors);
  const each = Math.ceil(entries.length / count);
  const weight_map: Record<string, string> = {};
  for (let i = 0; i < count; i++) {
    const shard = entries.slice(i * each, (i + 1) * each);
    const name = shardName(i, count);
    await writeTensors(join(dir, name), Object.fromEntries(shard), dtype);
    for (const [tensor] of shard) weight_map[tensor] = name;
  }
  await writeFile(join(dir, 'model.safetensors.index.json'), JSON.stringify({ metadata: {}, weight_map }));
}

export function shardName(i: number, count: number): string {
  const padded = (n: number): string => String(n).padStart(5, '0');
  return `model-${padded(i + 1)}-of-${padded(count)}.safetensors`;
}

/** Writes a safetensors file in any of the types that checkpoints have. */
export async function writeTensors(
  path: string,
  tensors: Readonly<Record<string, NamedTensor>>,
  dtype: Dtype,
): Promise<void> {
  const header: Record<string, unknown> = {};
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const bytes = encoded(data, dtype);
    header[name] = { dtype, shape, data_offsets: [offset, (offset += bytes.length)] };
    parts.push(bytes);
  }
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(text.length));
  await writeFile(path, [prefix, text, ...parts]);
}

function encoded(data: Float32Array, dtype: Dtype): Uint8Array {
  if (dtype === 'F32') return new Uint8Array(data.slice().buffer);
  if (dtype === 'F16') return new Uint8Array(floatToHalf(data).buffer);
  // bf16 is the upper half of an f32; cut rather than rounded, which does for random numbers.
  const words = new Uint32Array(data.slice().buffer);
  return new Uint8Array(Uint16Array.from(words, (word) => word >>> 16).buffer);
}
