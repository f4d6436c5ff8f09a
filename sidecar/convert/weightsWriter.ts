import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { dataType, type TensorProto } from './onnxProto';

/** External tensors start at multiples of this, so that they can be mapped into memory on any system. */
const ALIGNMENT = 65_536;

/** Smaller tensors are kept in the graph file. */
const INLINE_BYTES = 65_536;

/** Most that one write call is given; the system's limit is 2 GiB. */
const MAX_WRITE_BYTES = 2 ** 30;

/** Writes the external data of an ONNX model, and hashes all tensors on the way. */
export class WeightsWriter {
  private readonly hash = createHash('sha256');
  private position = 0;

  private constructor(
    private readonly handle: FileHandle,
    private readonly location: string,
  ) {}

  /** @param location the data file's name as the graph will refer to it, relative to the graph. */
  static async create(path: string, location: string): Promise<WeightsWriter> {
    return new WeightsWriter(await open(path, 'w'), location);
  }

  /** Stores f32 `data` of shape `dims` and returns the initializer that refers to it. */
  async add(name: string, dims: number[], data: Float32Array): Promise<TensorProto> {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.hash.update(bytes);
    const tensor = { name, dims, data_type: dataType.float };
    if (bytes.length < INLINE_BYTES) return { ...tensor, raw_data: bytes };

    const offset = Math.ceil(this.position / ALIGNMENT) * ALIGNMENT;
    for (let done = 0; done < bytes.length;) {
      const length = Math.min(bytes.length - done, MAX_WRITE_BYTES);
      const { bytesWritten } = await this.handle.write(bytes, done, length, offset + done);
      done += bytesWritten;
    }
    this.position = offset + bytes.length;
    const entries = { location: this.location, offset: String(offset), length: String(bytes.length) };
    const external_data = Object.entries(entries).map(([key, value]) => ({ key, value }));
    return { ...tensor, external_data, data_location: 1 };
  }

  /** Bytes of the data file. */
  get size(): number {
    return this.position;
  }

  /** Sha256 over all tensors and `more`, hexadecimal; ends the hashing. */
  digest(...more: Uint8Array[]): string {
    for (const bytes of more) this.hash.update(bytes);
    return this.hash.digest('hex');
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}
