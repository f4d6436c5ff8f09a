import type { ModelConfig } from '../engine/config';
import { inputs, outputs } from '../engine/layout';
import { attention, type AttentionCache, type AttentionInputs } from './attention';
import { DeviceCache } from './deviceCache';
import type { Expansion } from './expansion';
import { GraphBuilder } from '../onnx/graphBuilder';
import { HostCache } from './hostCache';
import { Matrices } from './matrices';
import type { GraphProto } from '../onnx/onnxProto';
import type { Format } from './precision';
import { qf2Layer } from './qf2Layer';
import { ropeTables } from './rope';
import type { Part, Weights } from './weights';

/** Where the graph has the keys and values of earlier tokens. */
export type CachePlace = 'host' | 'device';

/**
 * Builds a graph of a Qwen2 model with a QF2 layer, and writes those of its weights that are not written yet. The
 * base weight of the QF2 layer is not part of the graph.
 * @throws ModelError if a tensor is missing or has another shape than `config` says.
 */
export async function buildGraph(
  config: ModelConfig,
  weights: Weights,
  expansion: Expansion,
  format: Format,
  cache: CachePlace,
): Promise<GraphProto> {
  return await new Qwen2Graph(config, weights, expansion, format, cache).build();
}

class Qwen2Graph {
  readonly g = new GraphBuilder();
  private readonly lastLayer: number;
  readonly matrices: Matrices;

  constructor(
    readonly config: ModelConfig,
    readonly weights: Weights,
    readonly expansion: Expansion,
    format: Format,
    private readonly cachePlace: CachePlace,
  ) {
    this.lastLayer = config.num_hidden_layers - 1;
    this.matrices = new Matrices(this.g, weights, format);
  }

  async build(): Promise<GraphProto> {
    const { g, config } = this;
    const { vocab_size: vocabulary, hidden_size: d } = config;
    const { intermediate_size: ffn, expansion } = config.qf2;
    g.input(inputs.tokens, 'int32', ['S']);
    g.input(inputs.start, 'int64', [1]);
    g.input(inputs.asked, 'int32', ['A']);
    g.input(inputs.mask, 'float', ['S', 'T']);
    g.input(inputs.weight, 'float', [ffn, d]);
    g.input(inputs.learned, 'float', ['R', ffn]);
    g.input(inputs.places, 'int32', [expansion.units]);
    g.output(outputs.logits, 'float', ['A', vocabulary]);
    g.output(outputs.key, 'float', ['A', d]);
    g.output(outputs.pre, 'float', ['A', ffn]);
    g.output(outputs.codeIndex, 'int32', ['A', expansion.active]);
    g.output(outputs.codeValue, 'float', ['A', expansion.active]);

    const shared = await this.attentionInputs();
    const embedding: Part = ['model.embed_tokens.weight', vocabulary, d];
    let hidden = await this.matrices.rows('embedded', inputs.tokens, embedding);
    for (let layer = 0; layer <= this.lastLayer; layer++) hidden = await this.layer(layer, hidden, shared);

    const normed = await this.norm('model.norm.weight', 'final', hidden);
    const head: Part = config.tie_word_embeddings ? embedding : ['lm_head.weight', vocabulary, d];
    await this.linear(outputs.logits, normed, head);
    return g.build();
  }

  /** One layer, [S, d] to [S, d]; the last one goes on with the asked positions only, [A, d]. */
  private async layer(layer: number, hidden: string, shared: AttentionInputs): Promise<string> {
    const { g, config, lastLayer } = this;
    const { hidden_size: d, num_attention_heads: heads, head_dim: size } = config;
    const prefix = `model.layers.${layer}`;
    const at = (name: string): string => `layer.${layer}.${name}`;

    const normed = await this.norm(`${prefix}.input_layernorm.weight`, at('attention.norm'), hidden);
    const qkv = await this.projectQkv(layer, normed);
    let residual = hidden;
    let attended: string;
    if (layer === lastLayer) {
      residual = g.node('Gather', at('residual'), [hidden, inputs.asked]);
      const mask = g.node('Gather', at('mask'), [inputs.mask, inputs.asked]);
      const grouped = { ...shared, mask: this.groupMask(at('mask.grouped'), mask) };
      attended = attention(g, config, layer, qkv, grouped, inputs.asked);
    } else {
      attended = attention(g, config, layer, qkv, shared);
    }
    const projected = await this.linear(at('o'), attended, [
      `${prefix}.self_attn.o_proj.weight`,
      d,
      heads * size,
    ]);
    const middle = g.node('Add', at('middle'), [residual, projected]);

    const norm = `${prefix}.post_attention_layernorm.weight`;
    if (layer === config.qf2.layer) return await qf2Layer(this, (name) => this.norm(norm, name, middle));
    const mlpInput = await this.norm(norm, at('mlp.norm'), middle);
    return g.node('Add', at('out'), [middle, await this.feedForward(layer, mlpInput)]);
  }

  /** down(silu(gate(x)) * up(x)) */
  private async feedForward(layer: number, input: string): Promise<string> {
    const { g, config } = this;
    const { hidden_size: d, intermediate_size: ffn } = config;
    const prefix = `model.layers.${layer}.mlp`;
    const at = (name: string): string => `layer.${layer}.${name}`;
    const gate = await this.linear(at('gate'), input, [`${prefix}.gate_proj.weight`, ffn, d]);
    const up = await this.linear(at('up'), input, [`${prefix}.up_proj.weight`, ffn, d]);
    const silu = g.node('QuickGelu', at('silu'), [gate], {
      domain: 'com.microsoft',
      attributes: { alpha: { float: 1 } },
    });
    const gated = g.node('Mul', at('gated'), [silu, up]);
    return await this.linear(at('down'), gated, [`${prefix}.down_proj.weight`, d, ffn]);
  }

  /** Queries, keys and values in one product. */
  private async projectQkv(layer: number, input: string): Promise<string> {
    const { hidden_size: d, num_attention_heads, num_key_value_heads, head_dim } = this.config;
    const prefix = `model.layers.${layer}.self_attn`;
    const widths = { q: num_attention_heads * head_dim, k: num_key_value_heads * head_dim };
    const projections = [
      [`${prefix}.q_proj`, widths.q],
      [`${prefix}.k_proj`, widths.k],
      [`${prefix}.v_proj`, widths.k],
    ] as const;
    const weights = projections.map(([name, width]): Part => [`${name}.weight`, width, d]);
    const biases = projections.map(([name, width]): Part => [`${name}.bias`, width]);
    const bias = this.g.initializer(await this.weights.floats(`${prefix}.qkv_proj.bias`, biases));
    const name = `layer.${layer}.qkv.projected`;
    return await this.matrices.product(name, input, `${prefix}.qkv_proj.weight`, weights, bias);
  }

  private async attentionInputs(): Promise<AttentionInputs> {
    const { g, config } = this;
    const { max_position_embeddings: positions, head_dim, rope_theta } = config;
    const { cos, sin } = ropeTables(positions, head_dim, rope_theta);
    const shape = [positions, head_dim / 2];
    return {
      cos: g.initializer(await this.weights.add('rope.cos', shape, cos)),
      sin: g.initializer(await this.weights.add('rope.sin', shape, sin)),
      mask: this.groupMask('mask.grouped', inputs.mask),
      cache: this.cache(),
    };
  }

  private cache(): AttentionCache {
    const { g, config } = this;
    return this.cachePlace === 'host' ? new HostCache(g, config) : new DeviceCache(g, config);
  }

  /** Repeats the mask [S, T] for each query head of a group, [groupSize * S, T]. */
  private groupMask(name: string, mask: string): string {
    const groupSize = this.config.num_attention_heads / this.config.num_key_value_heads;
    return this.g.node('Tile', name, [mask, this.g.ints(groupSize, 1)]);
  }

  private async norm(weight: string, name: string, input: string): Promise<string> {
    const { g, config } = this;
    const scale = g.initializer(await this.weights.floats(weight, [[weight, config.hidden_size]]));
    return g.node('SimplifiedLayerNormalization', name, [input, scale], {
      attributes: { axis: { int: -1 }, epsilon: { float: config.rms_norm_eps }, stash_type: { int: 1 } },
    });
  }

  /** input · weightᵀ */
  private async linear(name: string, input: string, weight: Part): Promise<string> {
    return await this.matrices.product(name, input, weight[0], [weight]);
  }
}
