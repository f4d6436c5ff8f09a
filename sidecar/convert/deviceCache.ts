import type { ModelConfig } from '../engine/config';
import { inputs, outputs } from '../engine/layout';
import type { GraphBuilder } from '../onnx/graphBuilder';
import { masked, type Attended, type AttentionCache } from './attention';

/**
 * A cache that stays on the device: cached and new rows together are outputs of the graph, and its next inputs.
 * Made of plain products, which every provider has; keys are kept as columns, ready for the next one.
 */
export class DeviceCache implements AttentionCache {
  private readonly scale: string;

  constructor(
    private readonly g: GraphBuilder,
    private readonly config: ModelConfig,
  ) {
    this.scale = g.scalar('attention.scale', 1 / Math.sqrt(config.head_dim));
  }

  newNames(layer: number): { key: string; value: string } {
    return { key: `layer.${layer}.k.rows`, value: `layer.${layer}.v.rows` };
  }

  mix(layer: number, { query, key, value, mask }: Attended): string {
    const { g } = this;
    const { num_key_value_heads: kvHeads, head_dim: size } = this.config;
    const at = (name: string): string => `layer.${layer}.${name}`;
    const [keys, values] = [outputs.presentKey(layer), outputs.presentValue(layer)];
    g.input(inputs.pastKey(layer), 'float', [kvHeads, size, 'P']);
    g.input(inputs.pastValue(layer), 'float', [kvHeads, 'P', size]);
    g.output(keys, 'float', [kvHeads, size, 'T']);
    g.output(values, 'float', [kvHeads, 'T', size]);
    const append = (name: string, past: string, rows: string, perm: number[], axis: number): void => {
      const turned = g.node('Transpose', `${name}.new`, [rows], { attributes: { perm: { ints: perm } } });
      g.node('Concat', name, [past, turned], { attributes: { axis: { int: axis } } });
    };
    append(keys, inputs.pastKey(layer), key, [1, 2, 0], 2);
    append(values, inputs.pastValue(layer), value, [1, 0, 2], 1);

    const products = g.node('MatMul', at('products'), [query, keys]);
    const scores = g.node('Mul', at('scores'), [products, this.scale]);
    return g.node('MatMul', at('mixed'), [masked(g, at('weights'), scores, mask), values]);
  }
}
