import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ModelError } from '../engine/errors';
import { SafetensorsFile, type TensorInfo } from '../engine/safetensors';
import { INDEX, readShardNames, SINGLE } from './weightFiles';

/** The weights of a Hugging Face directory: one `model.safetensors`, or shards with an index. */
export class Checkpoint {
  private readonly bytes: number;
  private bytesRead = 0;
  /** Tensors that were read before, and do not count again. */
  private readonly counted = new Set<string>();

  private constructor(
    private readonly dir: string,
    private readonly shards: readonly SafetensorsFile[],
    private readonly onRead: (share: number) => void,
  ) {
    this.bytes = shards.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * @param onRead told after each piece which share of all bytes has been read, 0 to 1
   * @throws ModelError if a file is missing, truncated or unreadable.
   */
  static async open(dir: string, onRead: (share: number) => void = () => undefined): Promise<Checkpoint> {
    const shards: SafetensorsFile[] = [];
    try {
      for (const name of await weightNames(dir)) shards.push(await SafetensorsFile.open(join(dir, name)));
    } catch (error) {
      await closeAll(shards);
      throw error;
    }
    return new Checkpoint(dir, shards, onRead);
  }

  /** Numbers in all tensors together. */
  get parameters(): number {
    const tensors = this.shards.flatMap((shard) => [...shard.tensors.values()]);
    return tensors.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);
  }

  has(name: string): boolean {
    return this.shards.some((shard) => shard.tensors.has(name));
  }

  /**
   * Reads a tensor as f32, row-major.
   * @throws ModelError if no shard has it, or its shape or type is another.
   */
  async read(name: string, shape: readonly number[]): Promise<Float32Array> {
    const { shard, info } = this.find(name);
    const tensor = await shard.read(name, shape);
    this.count(name, info.end - info.begin);
    this.counted.add(name);
    return tensor;
  }

  /**
   * Reads a tensor as `read` does, so many whole rows at a time that they have about `elements` elements.
   * @throws ModelError as `read` does.
   */
  async *chunks(
    name: string,
    shape: readonly number[],
    elements: number,
  ): AsyncGenerator<Float32Array, void, undefined> {
    const { shard, info } = this.find(name);
    const bytesEach = (info.end - info.begin) / shape.reduce((product, n) => product * n, 1);
    for await (const chunk of shard.chunks(name, shape, elements)) {
      this.count(name, chunk.length * bytesEach);
      yield chunk;
    }
    this.counted.add(name);
  }

  async close(): Promise<void> {
    await closeAll(this.shards);
  }

  private find(name: string): { shard: SafetensorsFile; info: TensorInfo } {
    for (const shard of this.shards) {
      const info = shard.tensors.get(name);
      if (info) return { shard, info };
    }
    throw new ModelError(`${this.dir} has no tensor "${name}".`);
  }

  private count(name: string, bytes: number): void {
    if (this.counted.has(name)) return;
    this.bytesRead += bytes;
    this.onRead(this.bytesRead / this.bytes);
  }
}

async function weightNames(dir: string): Promise<string[]> {
  const index = join(dir, INDEX);
  return existsSync(join(dir, SINGLE)) || !existsSync(index) ? [SINGLE] : await readShardNames(index);
}

async function closeAll(shards: readonly SafetensorsFile[]): Promise<void> {
  await Promise.all(shards.map((shard) => shard.close()));
}
