import { floatToHalf } from '../engine/half';
import { blocksOf, quantize, type BlockBits, type BlockSize } from './blocks';
import type { Checkpoint } from './checkpoint';
import type { TensorProto } from '../onnx/onnxProto';
import type { WeightsWriter } from './weightsWriter';

/** A tensor of the checkpoint: its name and shape. */
export type Part = readonly [name: string, ...shape: number[]];

/** A matrix in quantized blocks. */
interface Blocks {
  packed: TensorProto;
  scales: TensorProto;
}

/** Numbers that are held in memory at a time: 16 MB as f32. */
const CHUNK_ELEMENTS = 2 ** 22;

/**
 * Carries a checkpoint's tensors into the external data of an ONNX model, piece by piece. Parts of one tensor
 * differ in their first dimension only, and are put one behind the other. A name that is stored already is not
 * stored again, so that several graphs share it.
 */
export class Weights {
  private readonly stored = new Map<string, TensorProto>();
  private readonly storedBlocks = new Map<string, Blocks>();

  constructor(
    private readonly checkpoint: Checkpoint,
    private readonly writer: WeightsWriter,
  ) {}

  /** Stores a tensor as f32. */
  async floats(name: string, parts: readonly Part[]): Promise<TensorProto> {
    return await once(this.stored, name, async () => {
      const tensor = this.writer.open(name, 'float', stackedShape(parts));
      for await (const chunk of this.chunks(parts)) await tensor.write(chunk);
      return tensor.proto;
    });
  }

  /** Stores a tensor as f16. */
  async halves(name: string, parts: readonly Part[]): Promise<TensorProto> {
    return await once(this.stored, name, async () => {
      const tensor = this.writer.open(name, 'float16', stackedShape(parts));
      for await (const chunk of this.chunks(parts)) await tensor.write(floatToHalf(chunk));
      return tensor.proto;
    });
  }

  /** Stores a matrix as quantized blocks. */
  async blocks(name: string, parts: readonly Part[], bits: BlockBits, block: BlockSize): Promise<Blocks> {
    return await once(this.storedBlocks, name, async () => {
      const [rows = 1, width = 1] = stackedShape(parts);
      const each = blocksOf(width, block);
      const packed = this.writer.open(name, 'uint8', [rows, each, (block * bits) / 8]);
      const scales = this.writer.open(`${name}.scales`, 'float', [rows, each]);
      for await (const chunk of this.chunks(parts)) {
        const blocks = quantize(chunk, width, bits, block);
        await packed.write(blocks.packed);
        await scales.write(blocks.scales);
      }
      return { packed: packed.proto, scales: scales.proto };
    });
  }

  /** Stores a tensor that the checkpoint does not have. */
  async add(name: string, shape: number[], data: Float32Array): Promise<TensorProto> {
    return await once(this.stored, name, () => this.writer.add(name, shape, data));
  }

  private async *chunks(parts: readonly Part[]): AsyncGenerator<Float32Array, void, undefined> {
    for (const [name, ...shape] of parts) yield* this.checkpoint.chunks(name, shape, CHUNK_ELEMENTS);
  }
}

function stackedShape(parts: readonly Part[]): number[] {
  const rows = parts.reduce((sum, [, first = 1]) => sum + first, 0);
  const [, , ...rest] = parts[0] ?? ['', 1];
  return [rows, ...rest];
}

/** What is known by a name, or else what `make` gives, which is known from then on. */
async function once<T>(known: Map<string, T>, name: string, make: () => Promise<T>): Promise<T> {
  const made = known.get(name) ?? (await make());
  known.set(name, made);
  return made;
}
