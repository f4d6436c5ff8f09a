import type { ModelConfig } from '../engine/config';
import { inputs, outputs } from '../engine/layout';
import { attention, type AttentionInputs } from './attention';
import { GraphBuilder } from './graphBuilder';
import type { GraphProto } from './onnxProto';
import { ropeTables } from './rope';
import type { Expansion } from './expansion';
import { sparseCode, type SparseCode } from './sparseCode';
import type { Part, Weights } from './weights';

const microsoft = 'com.microsoft';

/**
 * Builds the graph of a Qwen2 model with a QF2 layer, and writes its weights. They keep Hugging Face's layout,
 * [out, in]. The base weight of the QF2 layer is not part of the graph.
 * @throws ModelError if a tensor is missing or has another shape than `config` says.
 */
export async function buildGraph(
  config: ModelConfig,
  weights: Weights,
  expansion: Expansion,
): Promise<GraphProto> {
  return await new Qwen2Graph(config, weights, expansion).build();
}

class Qwen2Graph {
  private readonly g = new GraphBuilder();
  private readonly lastLayer: number;

  constructor(
    private readonly config: ModelConfig,
    private readonly weights: Weights,
    private readonly expansion: Expansion,
  ) {
    this.lastLayer = config.num_hidden_layers - 1;
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
    const embedding = await this.weight('model.embed_tokens.weight', vocabulary, d);
    let hidden = g.node('Gather', 'embedded', [embedding, inputs.tokens]);
    for (let layer = 0; layer <= this.lastLayer; layer++) hidden = await this.layer(layer, hidden, shared);

    const normed = await this.norm('model.norm.weight', 'final', hidden);
    const tied = config.tie_word_embeddings;
    this.linear(
      outputs.logits,
      normed,
      tied ? embedding : await this.weight('lm_head.weight', vocabulary, d),
    );
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
    const projection = await this.weight(`${prefix}.self_attn.o_proj.weight`, d, heads * size);
    const middle = g.node('Add', at('middle'), [residual, this.linear(at('o'), attended, projection)]);

    const norm = `${prefix}.post_attention_layernorm.weight`;
    if (layer === config.qf2.layer) return await this.qf2(layer, norm, middle);
    const mlpInput = await this.norm(norm, at('mlp.norm'), middle);
    return g.node('Add', at('out'), [middle, await this.feedForward(layer, mlpInput)]);
  }

  /** The layer that learns: down(sigmoid(beta * (W key + Lᵀ code(key)))), without gate and without residual. */
  private async qf2(layer: number, norm: string, middle: string): Promise<string> {
    const { g, config } = this;
    const { beta, intermediate_size: ffn } = config.qf2;
    // The last layer goes on with the asked positions alone; of another one they are picked afterwards.
    const isLast = layer === this.lastLayer;
    const named = (output: string): string => (isLast ? output : `${output}.all`);
    const key = await this.norm(norm, named(outputs.key), middle);
    const code = await this.code(key, named(outputs.codeIndex), named(outputs.codeValue));
    const unlearned = this.linear('qf2.unlearned', key, inputs.weight);
    const pre = g.node('Add', named(outputs.pre), [unlearned, this.learnedPart(code)]);
    if (!isLast) {
      for (const output of [outputs.key, outputs.pre, outputs.codeIndex, outputs.codeValue])
        g.node('Gather', output, [named(output), inputs.asked]);
    }
    const scaled = g.node('Mul', 'qf2.scaled', [pre, g.scalar('qf2.beta', beta)]);
    const firing = g.node('Sigmoid', 'qf2.firing', [scaled]);
    const down = await this.weight(`model.layers.${layer}.mlp.down_proj.weight`, config.hidden_size, ffn);
    return this.linear('qf2.down', firing, down);
  }

  /** The key's sparse code; its two parts get the names `index` and `value`. */
  private async code(key: string, index: string, value: string): Promise<SparseCode> {
    const { g, weights, expansion } = this;
    const { units, active } = this.config.qf2.expansion;
    const shape = [units, this.config.hidden_size];
    const weight = g.initializer(await weights.add('qf2.expansion.weight', shape, expansion.weight));
    const bias = g.initializer(await weights.add('qf2.expansion.bias', [units], expansion.bias));
    return sparseCode(g, key, { weight, bias, active, index, value });
  }

  /** Lᵀ φ: the learned rows of the active units, weighed by their values; [rows, ffn]. */
  private learnedPart({ index, value }: SparseCode): string {
    const { g } = this;
    const { expansion, intermediate_size: ffn } = this.config.qf2;
    const places = g.node('Gather', 'qf2.learned.places', [inputs.places, index]);
    const rows = g.node('Gather', 'qf2.learned.rows', [inputs.learned, places]);
    const weights = g.node('Reshape', 'qf2.code.row', [value, g.ints(-1, 1, expansion.active)]);
    const sum = g.node('MatMul', 'qf2.learned.sum', [weights, rows]);
    return g.node('Reshape', 'qf2.learned.part', [sum, g.ints(-1, ffn)]);
  }

  /** down(silu(gate(x)) * up(x)) */
  private async feedForward(layer: number, input: string): Promise<string> {
    const { g, config } = this;
    const { hidden_size: d, intermediate_size: ffn } = config;
    const prefix = `model.layers.${layer}.mlp`;
    const at = (name: string): string => `layer.${layer}.${name}`;
    const gate = this.linear(at('gate'), input, await this.weight(`${prefix}.gate_proj.weight`, ffn, d));
    const up = this.linear(at('up'), input, await this.weight(`${prefix}.up_proj.weight`, ffn, d));
    const silu = g.node('QuickGelu', at('silu'), [gate], {
      domain: microsoft,
      attributes: { alpha: { float: 1 } },
    });
    const gated = g.node('Mul', at('gated'), [silu, up]);
    return this.linear(at('down'), gated, await this.weight(`${prefix}.down_proj.weight`, d, ffn));
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
    return this.linear(
      `layer.${layer}.qkv.projected`,
      input,
      this.g.initializer(await this.weights.stacked(`${prefix}.qkv_proj.weight`, weights)),
      this.g.initializer(await this.weights.stacked(`${prefix}.qkv_proj.bias`, biases)),
    );
  }

  private async attentionInputs(): Promise<AttentionInputs> {
    const { g, config } = this;
    const { max_position_embeddings: positions, head_dim, rope_theta } = config;
    const { cos, sin } = ropeTables(positions, head_dim, rope_theta);
    const shape = [positions, head_dim / 2];
    const newRows = g.node('Shape', 'rows.new', [inputs.tokens]);
    const cachedRows = g.node('Shape', 'rows.cached', [inputs.pastKey(0)], {
      attributes: { start: { int: 0 }, end: { int: 1 } },
    });
    return {
      cos: g.initializer(await this.weights.add('rope.cos', shape, cos)),
      sin: g.initializer(await this.weights.add('rope.sin', shape, sin)),
      mask: this.groupMask('mask.grouped', inputs.mask),
      lengths: g.node('Concat', 'rows', [cachedRows, newRows], { attributes: { axis: { int: 0 } } }),
    };
  }

  /** Repeats the mask [S, T] for each query head of a group, [groupSize * S, T]. */
  private groupMask(name: string, mask: string): string {
    const groupSize = this.config.num_attention_heads / this.config.num_key_value_heads;
    return this.g.node('Tile', name, [mask, this.g.ints(groupSize, 1)]);
  }

  private async norm(weight: string, name: string, input: string): Promise<string> {
    const { g, config } = this;
    return g.node(
      'SimplifiedLayerNormalization',
      name,
      [input, await this.weight(weight, config.hidden_size)],
      {
        attributes: { axis: { int: -1 }, epsilon: { float: config.rms_norm_eps }, stash_type: { int: 1 } },
      },
    );
  }

  /** input · weightᵀ + bias */
  private linear(name: string, input: string, weight: string, bias?: string): string {
    const operands = bias === undefined ? [input, weight] : [input, weight, bias];
    return this.g.node('Gemm', name, operands, { attributes: { transB: { int: 1 } } });
  }

  private async weight(name: string, ...shape: number[]): Promise<string> {
    return this.g.initializer(await this.weights.stacked(name, [[name, ...shape]]));
  }
}
