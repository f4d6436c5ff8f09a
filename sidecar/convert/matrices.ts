import type { BlockBits } from './blocks';
import type { GraphBuilder } from '../onnx/graphBuilder';
import { dataType } from '../onnx/onnxProto';
import { blockBits, type Format } from './precision';
import type { Part, Weights } from './weights';

/** Has ONNX Runtime round activations to 8 bits before it multiplies them by blocks: several times as fast as f32. */
const FAST_ACCURACY = 4;

/**
 * A checkpoint's matrices in a graph: stored in the model's format, in their own layout [out, in], and
 * computed with in f32.
 */
export class Matrices {
  /** Names of the matrices in floating point that the graph has. */
  private readonly stored = new Set<string>();

  constructor(
    private readonly g: GraphBuilder,
    private readonly weights: Weights,
    private readonly format: Format,
  ) {}

  /** Rows of a matrix. They are stored in f16 at least: to pick one takes no longer than a part of it would. */
  async rows(name: string, which: string, matrix: Part): Promise<string> {
    const stored = await this.float(matrix[0], [matrix]);
    if (this.format.precision === 'fp32') return this.g.node('Gather', name, [stored, which]);
    return this.widened(name, this.g.node('Gather', `${name}.half`, [stored, which]));
  }

  /**
   * input · matrixᵀ + bias
   * @param matrix its name in the graph
   * @param parts the tensors that it is made of, one below the other
   */
  async product(
    name: string,
    input: string,
    matrix: string,
    parts: readonly Part[],
    bias?: string,
  ): Promise<string> {
    const bits = blockBits(this.format.precision);
    if (bits !== undefined) return await this.blockProduct(name, input, matrix, parts, bits, bias);
    const stored = await this.float(matrix, parts);
    const factor = this.format.precision === 'fp32' ? stored : this.widened(`${matrix}.widened`, stored);
    return gemm(this.g, name, input, factor, bias);
  }

  private async blockProduct(
    name: string,
    input: string,
    matrix: string,
    parts: readonly Part[],
    bits: BlockBits,
    bias?: string,
  ): Promise<string> {
    const { g, format, weights } = this;
    const { packed, scales } = await weights.blocks(`${matrix}.blocks`, parts, bits, format.block);
    const [, , width = 1] = parts[0] ?? [];
    const [rows = 1] = packed.dims;
    // Zero points and the order of groups are left at their defaults.
    const optional = bias === undefined ? [] : ['', '', bias];
    return g.node('MatMulNBits', name, [input, g.initializer(packed), g.initializer(scales), ...optional], {
      domain: 'com.microsoft',
      attributes: {
        K: { int: width },
        N: { int: rows },
        bits: { int: bits },
        block_size: { int: format.block },
        accuracy_level: { int: FAST_ACCURACY },
      },
    });
  }

  private async float(name: string, parts: readonly Part[]): Promise<string> {
    if (!this.stored.has(name)) {
      this.stored.add(name);
      const { weights } = this;
      this.g.initializer(
        await (this.format.precision === 'fp32' ? weights.floats(name, parts) : weights.halves(name, parts)),
      );
    }
    return name;
  }

  private widened(name: string, half: string): string {
    return this.g.node('Cast', name, [half], { attributes: { to: { int: dataType.float } } });
  }
}

/** input · matrixᵀ + bias, of f32 values */
export function gemm(g: GraphBuilder, name: string, input: string, matrix: string, bias?: string): string {
  const operands = bias === undefined ? [input, matrix] : [input, matrix, bias];
  return g.node('Gemm', name, operands, { attributes: { transB: { int: 1 } } });
}
