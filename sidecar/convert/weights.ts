import { concat } from '../engine/concat';
import type { Checkpoint } from './checkpoint';
import type { TensorProto } from './onnxProto';
import type { WeightsWriter } from './weightsWriter';

/** A tensor of the checkpoint: its name and shape. */
export type Part = readonly [name: string, ...shape: number[]];

/** Carries a checkpoint's tensors into the external data of an ONNX model, one at a time. */
export class Weights {
  constructor(
    private readonly checkpoint: Checkpoint,
    private readonly writer: WeightsWriter,
  ) {}

  /** Stores tensors that differ in their first dimension only as one, `name`. */
  async stacked(name: string, parts: readonly Part[]): Promise<TensorProto> {
    const tensors: Float32Array[] = [];
    let rows = 0;
    let rest: number[] = [];
    for (const [part, first = 1, ...others] of parts) {
      tensors.push(await this.checkpoint.read(part, [first, ...others]));
      rows += first;
      rest = others;
    }
    return await this.add(name, [rows, ...rest], concat(tensors));
  }

  /** Stores a tensor that the checkpoint does not have. */
  async add(name: string, shape: number[], data: Float32Array): Promise<TensorProto> {
    return await this.writer.add(name, shape, data);
  }
}
