import type { ModelConfig } from '../engine/config';
import { inputs, outputs } from '../engine/layout';
import type { Expansion } from './expansion';
import type { GraphBuilder } from '../onnx/graphBuilder';
import { gemm, type Matrices } from './matrices';
import { sparseCode, type SparseCode } from './sparseCode';
import type { Weights } from './weights';

/** Where the layer is put into. */
interface Place {
  g: GraphBuilder;
  config: ModelConfig;
  weights: Weights;
  matrices: Matrices;
  expansion: Expansion;
}

/**
 * The layer that learns: down(sigmoid(beta * (W key + Lᵀ code(key)))), without gate and without residual.
 * @param norm gives the layer's normed input the name that it is told
 */
export async function qf2Layer(place: Place, norm: (name: string) => Promise<string>): Promise<string> {
  const { g, config, matrices } = place;
  const { beta, layer, intermediate_size: ffn } = config.qf2;
  // The last layer goes on with the asked positions alone; of another one they are picked afterwards.
  const isLast = layer === config.num_hidden_layers - 1;
  const named = (output: string): string => (isLast ? output : `${output}.all`);
  const key = await norm(named(outputs.key));
  const code = await codeOf(place, key, named(outputs.codeIndex), named(outputs.codeValue));
  const unlearned = gemm(g, 'qf2.unlearned', key, inputs.weight);
  const pre = g.node('Add', named(outputs.pre), [unlearned, learnedPart(place, code)]);
  if (!isLast) {
    for (const output of [outputs.key, outputs.pre, outputs.codeIndex, outputs.codeValue])
      g.node('Gather', output, [named(output), inputs.asked]);
  }
  const scaled = g.node('Mul', 'qf2.scaled', [pre, g.scalar('qf2.beta', beta)]);
  const firing = g.node('Sigmoid', 'qf2.firing', [scaled]);
  const down = `model.layers.${layer}.mlp.down_proj.weight`;
  return await matrices.product('qf2.down', firing, down, [[down, config.hidden_size, ffn]]);
}

/** The key's sparse code; its two parts get the names `index` and `value`. */
async function codeOf(
  { g, config, weights, expansion }: Place,
  key: string,
  index: string,
  value: string,
): Promise<SparseCode> {
  const { units, active } = config.qf2.expansion;
  const shape = [units, config.hidden_size];
  const weight = g.initializer(await weights.add('qf2.expansion.weight', shape, expansion.weight));
  const bias = g.initializer(await weights.add('qf2.expansion.bias', [units], expansion.bias));
  return sparseCode(g, key, { weight, bias, active, index, value });
}

/** Lᵀ φ: the learned rows of the active units, weighed by their values; [rows, ffn]. */
function learnedPart({ g, config }: Place, { index, value }: SparseCode): string {
  const { expansion, intermediate_size: ffn } = config.qf2;
  const places = g.node('Gather', 'qf2.learned.places', [inputs.places, index]);
  const rows = g.node('Gather', 'qf2.learned.rows', [inputs.learned, places]);
  const weights = g.node('Reshape', 'qf2.code.row', [value, g.ints(-1, 1, expansion.active)]);
  const sum = g.node('MatMul', 'qf2.learned.sum', [weights, rows]);
  return g.node('Reshape', 'qf2.learned.part', [sum, g.ints(-1, ffn)]);
}
