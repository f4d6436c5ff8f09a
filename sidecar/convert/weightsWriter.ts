import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { bytesOf, dataType, type DataType, type TensorProto } from '../onnx/onnxProto';

/** External tensors start at multiples of this, so that they can be mapped into memory on any system. */
const ALIGNMENT = 65_536;

/** Smaller tensors are kept in the graph file. */
const INLINE_BYTES = 65_536;

/** Most that one write call is given; the system's limit is 2 GiB. */
const MAX_WRITE_BYTES = 2 ** 30;

/** A tensor whose place is known, and whose content comes bit by bit. */
export interface OpenTensor {
  /** The initializer that refers to it. */
  readonly proto: TensorProto;
  /** Appends to its content. */
  write(data: ArrayBufferView): Promise<void>;
}

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

  /** Makes room for a tensor of `type` and shape `dims`; several may be open at a time. */
  open(name: string, type: DataType, dims: number[]): OpenTensor {
    const length = bytesOf(type, dims);
    const tensor = { name, dims, data_type: dataType[type] };
    if (length < INLINE_BYTES) return this.openInline(tensor, length);

    const offset = Math.ceil(this.position / ALIGNMENT) * ALIGNMENT;
    this.position = offset + length;
    const entries = { location: this.location, offset: String(offset), length: String(length) };
    const external_data = Object.entries(entries).map(([key, value]) => ({ key, value }));
    let next = offset;
    return {
      proto: { ...tensor, external_data, data_location: 1 },
      write: async (data) => {
        const bytes = this.hashed(data);
        await this.writeAt(bytes, next);
        next += bytes.length;
      },
    };
  }

  /** Stores f32 `data` of shape `dims` and returns the initializer that refers to it. */
  async add(name: string, dims: number[], data: Float32Array): Promise<TensorProto> {
    const tensor = this.open(name, 'float', dims);
    await tensor.write(data);
    return tensor.proto;
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

  private openInline(tensor: TensorProto, length: number): OpenTensor {
    const raw_data = new Uint8Array(length);
    let next = 0;
    return {
      proto: { ...tensor, raw_data },
      write: (data) => {
        raw_data.set(this.hashed(data), next);
        next += data.byteLength;
        return Promise.resolve();
      },
    };
  }

  private hashed({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    this.hash.update(bytes);
    return bytes;
  }

  private async writeAt(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const length = Math.min(bytes.length - done, MAX_WRITE_BYTES);
      const { bytesWritten } = await this.handle.write(bytes, done, length, position + done);
      done += bytesWritten;
    }
  }
}
