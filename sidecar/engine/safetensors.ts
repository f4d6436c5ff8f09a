import { open, type FileHandle } from 'node:fs/promises';
import * as z from 'zod';
import { ModelError, messageOf } from './errors';
import { bfloatToFloat, halfToFloat } from './half';

const Entry = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});
const Metadata = z.record(z.string(), z.string());

/** Longest header that is believed; the format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;

/** Most that one read call is asked for; the system's limit is 2 GiB. */
const MAX_READ_BYTES = 2 ** 30;

/** Bytes an element, for the types that can be read as f32. */
const WIDTH: Record<string, number> = { F32: 4, F16: 2, BF16: 2 };

export interface TensorInfo {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Byte range in the file. */
  readonly begin: number;
  readonly end: number;
}

/** An open safetensors file; tensors are read one at a time. */
export class SafetensorsFile {
  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    readonly tensors: ReadonlyMap<string, TensorInfo>,
    readonly metadata: Readonly<Record<string, string>>,
  ) {}

  /** @throws ModelError if the file is missing, truncated, or not a safetensors file. */
  static async open(path: string): Promise<SafetensorsFile> {
    let handle: FileHandle;
    try {
      handle = await open(path);
    } catch (error) {
      throw new ModelError(`The model file ${path} cannot be read: ${messageOf(error)}`);
    }
    try {
      const { tensors, metadata } = await readHeader(handle, path);
      return new SafetensorsFile(path, handle, tensors, metadata);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Bytes of all tensors. */
  get size(): number {
    return [...this.tensors.values()].reduce((sum, { begin, end }) => sum + end - begin, 0);
  }

  /**
   * Reads a tensor as f32 (f16 and bf16 are widened), row-major.
   * @throws ModelError if it is missing, of another shape, or of a type that cannot be read.
   */
  async read(name: string, shape: readonly number[]): Promise<Float32Array> {
    const info = this.find(name, shape);
    return await this.readBytes(info, info.begin, info.end);
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
    const info = this.find(name, shape);
    const [rows = 1] = shape;
    const rowBytes = (info.end - info.begin) / rows;
    const rowElements = shape.slice(1).reduce((product, n) => product * n, 1);
    const step = rowBytes * Math.max(1, Math.floor(elements / rowElements));
    for (let begin = info.begin; begin < info.end; begin += step) {
      yield await this.readBytes(info, begin, Math.min(info.end, begin + step));
    }
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private find(name: string, shape: readonly number[]): TensorInfo {
    const info = this.tensors.get(name);
    if (!info) throw new ModelError(`${this.path} has no tensor "${name}".`);
    if (info.shape.join() !== shape.join()) {
      throw new ModelError(
        `${this.path}: tensor "${name}" has shape [${info.shape.join(', ')}], expected [${shape.join(', ')}].`,
      );
    }
    if (!(info.dtype in WIDTH)) {
      throw new ModelError(
        `${this.path}: tensor "${name}" has type ${info.dtype}; expected F32, F16 or BF16.`,
      );
    }
    return info;
  }

  private async readBytes({ dtype }: TensorInfo, begin: number, end: number): Promise<Float32Array> {
    const bytes = new Uint8Array(end - begin);
    await readFully(this.handle, this.path, bytes, begin);
    if (dtype === 'F32') return new Float32Array(bytes.buffer);
    const bits = new Uint16Array(bytes.buffer);
    return dtype === 'F16' ? halfToFloat(bits) : bfloatToFloat(bits);
  }
}

async function readHeader(
  handle: FileHandle,
  path: string,
): Promise<{ tensors: Map<string, TensorInfo>; metadata: Record<string, string> }> {
  const { size } = await handle.stat();
  if (size < 8) throw new ModelError(`${path} is not a safetensors file.`);
  const prefix = Buffer.alloc(8);
  await readFully(handle, path, prefix, 0);
  const length = Number(prefix.readBigUInt64LE());
  if (length > MAX_HEADER_BYTES) throw new ModelError(`${path} is not a safetensors file.`);
  const start = 8 + length;
  if (start > size) throw truncated(path, start, size);

  const text = Buffer.alloc(length);
  await readFully(handle, path, text, 8);
  const tensors = new Map<string, TensorInfo>();
  let metadata: Record<string, string> = {};
  try {
    const header = z.record(z.string(), z.unknown()).parse(JSON.parse(text.toString('utf8')));
    for (const [name, value] of Object.entries(header)) {
      if (name === '__metadata__') metadata = Metadata.parse(value);
      else tensors.set(name, toInfo(Entry.parse(value), start));
    }
  } catch (error) {
    throw new ModelError(`${path} is not a safetensors file: its header is invalid (${messageOf(error)}).`);
  }
  const end = Math.max(start, ...[...tensors.values()].map((info) => info.end));
  if (end > size) throw truncated(path, end, size);
  return { tensors, metadata };
}

/** Fills `bytes` from `position` on. */
async function readFully(
  handle: FileHandle,
  path: string,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const length = Math.min(bytes.length - done, MAX_READ_BYTES);
    const { bytesRead } = await handle.read(bytes, done, length, position + done);
    if (bytesRead === 0) throw new ModelError(`The model file ${path} ended unexpectedly.`);
    done += bytesRead;
  }
}

function toInfo(
  { dtype, shape, data_offsets: [begin, end] }: z.infer<typeof Entry>,
  start: number,
): TensorInfo {
  const width = WIDTH[dtype];
  const elements = shape.reduce((product, n) => product * n, 1);
  if (end < begin || (width !== undefined && end - begin !== elements * width)) {
    throw new Error(`${end - begin} bytes do not hold ${dtype} [${shape.join(', ')}]`);
  }
  return { dtype, shape, begin: start + begin, end: start + end };
}

function truncated(path: string, expected: number, found: number): ModelError {
  return new ModelError(
    `The model file ${path} is truncated: ${found} bytes of ${expected}. Download or convert the model again.`,
  );
}
