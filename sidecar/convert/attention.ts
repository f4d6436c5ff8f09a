import type { ModelConfig } from '../engine/config';
import { inputs, outputs } from '../engine/layout';
import type { GraphBuilder } from './graphBuilder';

const microsoft = 'com.microsoft';

/** Values that all attention layers share. */
export interface AttentionInputs {
  cos: string;
  sin: string;
  /** Attention mask, one row for each of a group's queries, [groupSize * S, T]. */
  mask: string;
  /** Lengths of the cached and the new part, int64 [2]. */
  lengths: string;
}

/**
 * Grouped-query attention over a cache that the caller owns. The cached rows are read where they are: scores
 * against cached and new keys are computed apart, joined for the softmax, and parted again for the values.
 * The new rows are outputs of the graph.
 * @param qkv projected queries, keys and values, [S, (heads + 2 kvHeads) * headDim].
 * @param asked if given, only these rows of the result are computed, int32 [A].
 * @returns [S or A, heads * headDim]
 */
export function attention(
  g: GraphBuilder,
  config: ModelConfig,
  layer: number,
  qkv: string,
  { cos, sin, mask, lengths }: AttentionInputs,
  asked?: string,
): string {
  const { num_attention_heads: heads, num_key_value_heads: kvHeads, head_dim: size } = config;
  const groupSize = heads / kvHeads;
  const at = (name: string): string => `layer.${layer}.${name}`;
  const reshape = (name: string, value: string, ...shape: number[]): string =>
    g.node('Reshape', at(name), [value, g.ints(...shape)]);
  const matmul = (name: string, a: string, b: string, scores: boolean): string =>
    g.node('FusedMatMul', at(name), [a, b], {
      domain: microsoft,
      attributes: {
        transBatchB: { int: 1 },
        ...(scores && { transB: { int: 1 }, alpha: { float: 1 / Math.sqrt(size) } }),
      },
    });
  const rotate = (name: string, value: string): string =>
    g.node('RotaryEmbedding', at(name), [value, inputs.start, cos, sin], { domain: microsoft });

  g.input(inputs.pastKey(layer), 'float', ['P', kvHeads, size]);
  g.input(inputs.pastValue(layer), 'float', ['P', kvHeads, size]);
  g.output(outputs.newKey(layer), 'float', ['S', kvHeads, size]);
  g.output(outputs.newValue(layer), 'float', ['S', kvHeads, size]);

  const batched = reshape('qkv', qkv, 1, -1, (heads + 2 * kvHeads) * size);
  const [q, k, v] = [at('q'), at('k'), at('v')] as const;
  const widths = g.ints(heads * size, kvHeads * size, kvHeads * size);
  g.node('Split', at('split'), [batched, widths], { attributes: { axis: { int: 2 } }, outputs: [q, k, v] });

  const rows = g.ints(-1, kvHeads, size);
  const newKey = outputs.newKey(layer);
  const newValue = outputs.newValue(layer);
  g.node('Reshape', newKey, [rotate('k.rotated', k), rows]);
  g.node('Reshape', newValue, [v, rows]);

  let queries = reshape('q.heads', rotate('q.rotated', q), -1, kvHeads, groupSize, size);
  if (asked !== undefined) queries = g.node('Gather', at('q.asked'), [queries, asked]);
  const perm = { ints: [1, 2, 0, 3] };
  const grouped = g.node('Transpose', at('q.grouped'), [queries], { attributes: { perm } });
  const query = reshape('q.rows', grouped, kvHeads, -1, size);

  const cachedScores = matmul('scores.cached', query, inputs.pastKey(layer), true);
  const newScores = matmul('scores.new', query, newKey, true);
  const axis = { axis: { int: 2 } };
  const scores = g.node('Concat', at('scores'), [cachedScores, newScores], { attributes: axis });
  const masked = g.node('Add', at('scores.masked'), [scores, mask]);
  const weights = g.node('Softmax', at('weights'), [masked], { attributes: { axis: { int: -1 } } });
  const parts = [at('weights.cached'), at('weights.new')] as const;
  g.node('Split', at('weights.split'), [weights, lengths], { attributes: axis, outputs: [...parts] });

  const fromCached = matmul('mixed.cached', parts[0], inputs.pastValue(layer), false);
  const fromNew = matmul('mixed.new', parts[1], newValue, false);
  const mixed = g.node('Add', at('mixed'), [fromCached, fromNew]);
  const perGroup = reshape('mixed.groups', mixed, kvHeads, groupSize, -1, size);
  const perRow = g.node('Transpose', at('mixed.rows'), [perGroup], {
    attributes: { perm: { ints: [2, 0, 1, 3] } },
  });
  return reshape('attention', perRow, -1, heads * size);
}
