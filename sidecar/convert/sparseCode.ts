import type { GraphBuilder } from '../onnx/graphBuilder';
import { dataType } from '../onnx/onnxProto';

export interface SparseCodeOptions {
  /** E, [units, d]. */
  weight: string;
  /** e, [units]. */
  bias: string;
  /** Active units of a code. */
  active: number;
  /** Names that the two results get. */
  index: string;
  value: string;
}

export interface SparseCode {
  /** int32 [rows, active], strongest unit first. */
  index: string;
  /** f32 [rows, active], of unit length. */
  value: string;
}

/**
 * The sparse code of each row of `key` [rows, d]: of z = E key + e the largest values, less the largest of the
 * others, scaled to unit length.
 */
export function sparseCode(
  g: GraphBuilder,
  key: string,
  { weight, bias, active, index, value }: SparseCodeOptions,
): SparseCode {
  const axis = { axis: { int: -1 } };
  const parts = g.ints(active, 1);
  const split = (name: string, whole: string): [string, string] => {
    const outputs: [string, string] = [`${name}.active`, `${name}.next`];
    g.node('Split', name, [whole, parts], { attributes: axis, outputs });
    return outputs;
  };
  const z = g.node('Gemm', 'qf2.expanded', [key, weight, bias], { attributes: { transB: { int: 1 } } });
  const top = ['qf2.top.values', 'qf2.top.units'] as const;
  g.node('TopK', 'qf2.top', [z, g.ints(active + 1)], { attributes: axis, outputs: [...top] });
  const [values, next] = split('qf2.values', top[0]);
  const [units] = split('qf2.units', top[1]);
  g.node('Cast', index, [units], { attributes: { to: { int: dataType.int32 } } });
  const excess = g.node('Sub', 'qf2.excess', [values, next]);
  g.node('LpNormalization', value, [excess], { attributes: { ...axis, p: { int: 2 } } });
  return { index, value };
}
