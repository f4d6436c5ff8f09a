import type { ModelConfig } from '../engine/config';
import { inputs } from '../engine/layout';
import type { GraphBuilder } from '../onnx/graphBuilder';

/** Values that all attention layers share. */
export interface AttentionInputs {
  cos: string;
  sin: string;
  /** Attention mask, one row for each of a group's queries, [groupSize * S, T]. */
  mask: string;
  cache: AttentionCache;
}

/** What a layer attends from and to. */
export interface Attended {
  /** Queries, those of a group behind one another, [kvHeads, groupSize * S, headDim]. */
  query: string;
  /** New keys and values, [S, kvHeads, headDim]. */
  key: string;
  value: string;
  /** [groupSize * S, T], added to the scores. */
  mask: string;
}

/** Where a graph has the keys and values of earlier tokens. */
export interface AttentionCache {
  /** Names that a layer's new keys and values get. */
  newNames(layer: number): { key: string; value: string };
  /**
   * Declares the cache of a layer and mixes the values of cached and new tokens.
   * @returns [kvHeads, groupSize * S, headDim]
   */
  mix(layer: number, attended: Attended): string;
}

/**
 * Grouped-query attention over cached and new tokens.
 * @param qkv projected queries, keys and values, [S, (heads + 2 kvHeads) * headDim].
 * @param asked if given, only these rows of the result are computed, int32 [A].
 * @returns [S or A, heads * headDim]
 */
export function attention(
  g: GraphBuilder,
  config: ModelConfig,
  layer: number,
  qkv: string,
  { cos, sin, mask, cache }: AttentionInputs,
  asked?: string,
): string {
  const { num_attention_heads: heads, num_key_value_heads: kvHeads, head_dim: size } = config;
  const groupSize = heads / kvHeads;
  const at = (name: string): string => `layer.${layer}.${name}`;
  const reshape = (name: string, value: string, ...shape: number[]): string =>
    g.node('Reshape', at(name), [value, g.ints(...shape)]);
  const rotate = (name: string, value: string): string =>
    g.node('RotaryEmbedding', at(name), [value, inputs.start, cos, sin], { domain: 'com.microsoft' });

  const batched = reshape('qkv', qkv, 1, -1, (heads + 2 * kvHeads) * size);
  const [q, k, v] = [at('q'), at('k'), at('v')] as const;
  const widths = g.ints(heads * size, kvHeads * size, kvHeads * size);
  g.node('Split', at('split'), [batched, widths], { attributes: { axis: { int: 2 } }, outputs: [q, k, v] });

  const { key, value } = cache.newNames(layer);
  const rows = g.ints(-1, kvHeads, size);
  g.node('Reshape', key, [rotate('k.rotated', k), rows]);
  g.node('Reshape', value, [v, rows]);
  let queries = reshape('q.heads', rotate('q.rotated', q), -1, kvHeads, groupSize, size);
  if (asked !== undefined) queries = g.node('Gather', at('q.asked'), [queries, asked]);
  const perm = { ints: [1, 2, 0, 3] };
  const grouped = g.node('Transpose', at('q.grouped'), [queries], { attributes: { perm } });
  const query = reshape('q.rows', grouped, kvHeads, -1, size);

  const mixed = cache.mix(layer, { query, key, value, mask });
  const perGroup = reshape('mixed.groups', mixed, kvHeads, groupSize, -1, size);
  const perRow = g.node('Transpose', at('mixed.rows'), [perGroup], {
    attributes: { perm: { ints: [2, 0, 1, 3] } },
  });
  return reshape('attention', perRow, -1, heads * size);
}

/** Softmax over the last axis of scores [kvHeads, groupSize * S, T] with the mask added. */
export function masked(g: GraphBuilder, name: string, scores: string, mask: string): string {
  const sum = g.node('Add', `${name}.masked`, [scores, mask]);
  return g.node('Softmax', name, [sum], { attributes: { axis: { int: -1 } } });
}
