import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { readJson } from '../engine/config';
import { ModelError } from '../engine/errors';
import { SafetensorsFile } from '../engine/safetensors';

const Index = z.object({ weight_map: z.record(z.string(), z.string()) });

/** The weights of a Hugging Face directory: one `model.safetensors`, or shards with an index. */
export class Checkpoint {
  private readonly bytes: number;
  private bytesRead = 0;

  private constructor(
    private readonly dir: string,
    private readonly shards: readonly SafetensorsFile[],
    private readonly onRead: (share: number) => void,
  ) {
    this.bytes = shards.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * @param onRead told after each tensor which share of all bytes has been read, 0 to 1
   * @throws ModelError if a file is missing, truncated or unreadable.
   */
  static async open(dir: string, onRead: (share: number) => void = () => undefined): Promise<Checkpoint> {
    const shards: SafetensorsFile[] = [];
    try {
      for (const name of await shardNames(dir)) shards.push(await SafetensorsFile.open(join(dir, name)));
    } catch (error) {
      await closeAll(shards);
      throw error;
    }
    return new Checkpoint(dir, shards, onRead);
  }

  has(name: string): boolean {
    return this.shards.some((shard) => shard.tensors.has(name));
  }

  /**
   * Reads a tensor as f32, row-major.
   * @throws ModelError if no shard has it, or its shape is another.
   */
  async read(name: string, shape: readonly number[]): Promise<Float32Array> {
    const shard = this.shards.find(({ tensors }) => tensors.has(name));
    const info = shard?.tensors.get(name);
    if (!shard || !info) throw new ModelError(`${this.dir} has no tensor "${name}".`);
    const tensor = await shard.read(name, shape);
    this.bytesRead += info.end - info.begin;
    this.onRead(Math.min(1, this.bytesRead / this.bytes));
    return tensor;
  }

  async close(): Promise<void> {
    await closeAll(this.shards);
  }
}

async function shardNames(dir: string): Promise<string[]> {
  const index = join(dir, 'model.safetensors.index.json');
  if (!existsSync(index)) return ['model.safetensors'];
  const parsed = Index.safeParse(await readJson(index));
  if (!parsed.success) throw new ModelError(`${index}: ${z.prettifyError(parsed.error)}`);
  const names = [...new Set(Object.values(parsed.data.weight_map))];
  const stray = names.find((name) => basename(name) !== name);
  if (stray !== undefined) throw new ModelError(`${index}: "${stray}" is not a file of this directory.`);
  return names;
}

async function closeAll(shards: readonly SafetensorsFile[]): Promise<void> {
  await Promise.all(shards.map((shard) => shard.close()));
}
