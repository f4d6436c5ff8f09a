import type { ModelConfig } from '../engine/config';
import { inputs, outputs } from '../engine/layout';
import type { GraphBuilder } from '../onnx/graphBuilder';
import { masked, type Attended, type AttentionCache } from './attention';

/**
 * A cache that the caller owns. The cached rows are read where they are: scores against cached and new keys are
 * computed apart, joined for the softmax, and parted again for the values. The new rows are outputs of the graph.
 */
export class HostCache implements AttentionCache {
  /** Lengths of the cached and the new part, int64 [2]. */
  private readonly lengths: string;

  constructor(
    private readonly g: GraphBuilder,
    private readonly config: ModelConfig,
  ) {
    const newRows = g.node('Shape', 'rows.new', [inputs.tokens]);
    const cachedRows = g.node('Shape', 'rows.cached', [inputs.pastKey(0)], {
      attributes: { start: { int: 0 }, end: { int: 1 } },
    });
    this.lengths = g.node('Concat', 'rows', [cachedRows, newRows], { attributes: { axis: { int: 0 } } });
  }

  newNames(layer: number): { key: string; value: string } {
    return { key: outputs.newKey(layer), value: outputs.newValue(layer) };
  }

  mix(layer: number, { query, key, value, mask }: Attended): string {
    const { g } = this;
    const { num_key_value_heads: kvHeads, head_dim: size } = this.config;
    const at = (name: string): string => `layer.${layer}.${name}`;
    const matmul = (name: string, a: string, b: string, scores: boolean): string =>
      g.node('FusedMatMul', at(name), [a, b], {
        domain: 'com.microsoft',
        attributes: {
          transBatchB: { int: 1 },
          ...(scores && { transB: { int: 1 }, alpha: { float: 1 / Math.sqrt(size) } }),
        },
      });
    g.input(inputs.pastKey(layer), 'float', ['P', kvHeads, size]);
    g.input(inputs.pastValue(layer), 'float', ['P', kvHeads, size]);
    g.output(key, 'float', ['S', kvHeads, size]);
    g.output(value, 'float', ['S', kvHeads, size]);

    const cachedScores = matmul('scores.cached', query, inputs.pastKey(layer), true);
    const newScores = matmul('scores.new', query, key, true);
    const axis = { axis: { int: 2 } };
    const scores = g.node('Concat', at('scores'), [cachedScores, newScores], { attributes: axis });
    const weights = masked(g, at('weights'), scores, mask);
    const parts = [at('weights.cached'), at('weights.new')] as const;
    g.node('Split', at('weights.split'), [weights, this.lengths], { attributes: axis, outputs: [...parts] });
    const fromCached = matmul('mixed.cached', parts[0], inputs.pastValue(layer), false);
    const fromNew = matmul('mixed.new', parts[1], value, false);
    return g.node('Add', at('mixed'), [fromCached, fromNew]);
  }
}
