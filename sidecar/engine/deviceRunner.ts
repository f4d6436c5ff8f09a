import type { ModelConfig } from './config';
import { causalMask, Graph, tensorOf, type Feeds } from './graph';
import { inputs, outputs } from './layout';
import { compacted } from './memory';
import type { Provider } from './providers';
import type { Runner, Sequence, Step } from './runner';
import type { Memory } from './types';
import { Uploader } from './uploader';

/** The graph whose keys and values stay on the GPU, as do the QF2 layer's weight and what it has learned. */
export class DeviceRunner implements Runner {
  private held: { version: string; feeds: Feeds } | undefined;

  private constructor(
    private readonly graph: Graph,
    private readonly uploader: Uploader,
    private readonly config: ModelConfig,
  ) {}

  /**
   * @param provider the one whose tensors ONNX Runtime for Node can leave on the GPU; or the CPU, to compare with
   * @throws ModelError as `Graph.load` does
   */
  static async load(file: string, config: ModelConfig, provider: 'webgpu' | 'cpu'): Promise<DeviceRunner> {
    const { num_hidden_layers: layers, num_key_value_heads: heads, head_dim: size } = config;
    const options = {
      threads: 1,
      onDevice: Array.from({ length: layers }, (_, i) => [
        outputs.presentKey(i),
        outputs.presentValue(i),
      ]).flat(),
      shapes: { [inputs.pastKey(layers - 1)]: [heads, size, 'P'] },
    };
    // Before the weights: it fails at once where the provider is not there.
    const uploader = await Uploader.open(provider);
    try {
      return new DeviceRunner(await Graph.load(file, config, provider, options), uploader, config);
    } catch (error) {
      await uploader.release();
      throw error;
    }
  }

  get executionProvider(): Provider {
    return this.graph.executionProvider;
  }

  begin(memory: Memory): Sequence {
    return new DeviceSequence(this.graph, this.config, () => this.resident(memory));
  }

  async release(): Promise<void> {
    await this.uploader.release();
    await this.graph.release();
  }

  /** The memory on the GPU, where it is put when another one was there. */
  private async resident({ version, weight, learned }: Memory): Promise<Feeds> {
    if (this.held?.version === version) return this.held.feeds;
    const { hidden_size: d, qf2 } = this.config;
    const { intermediate_size: ffn } = qf2;
    // Versions of what was learned share one array, which has room for more.
    const { rows, places } = compacted(learned, ffn);
    this.held = undefined;
    const feeds = {
      [inputs.weight]: await this.uploader.resident(inputs.weight, weight, d),
      [inputs.learned]: await this.uploader.resident(inputs.learned, rows, ffn),
      [inputs.places]: this.graph.ints(places),
    };
    this.held = { version, feeds };
    return feeds;
  }
}

class DeviceSequence implements Sequence {
  length = 0;
  /** Keys and values of the tokens so far, by the graph's names for them. */
  private past: Feeds = {};

  constructor(
    private readonly graph: Graph,
    private readonly config: ModelConfig,
    private readonly memory: () => Promise<Feeds>,
  ) {
    const { num_hidden_layers: layers, num_key_value_heads: heads, head_dim: size } = config;
    for (let layer = 0; layer < layers; layer++) {
      this.past[inputs.pastKey(layer)] = graph.floats(new Float32Array(), [heads, size, 0]);
      this.past[inputs.pastValue(layer)] = graph.floats(new Float32Array(), [heads, 0, size]);
    }
  }

  async step(tokens: readonly number[], asked: readonly number[]): Promise<Step> {
    const mask = causalMask(tokens.length, this.length, 0);
    const given = { tokens, start: this.length, asked, mask };
    const { step, results } = await this.graph.run(given, { ...(await this.memory()), ...this.past });
    this.end();
    for (let layer = 0; layer < this.config.num_hidden_layers; layer++) {
      this.past[inputs.pastKey(layer)] = tensorOf(results, outputs.presentKey(layer));
      this.past[inputs.pastValue(layer)] = tensorOf(results, outputs.presentValue(layer));
    }
    this.length += tokens.length;
    return step;
  }

  end(): void {
    for (const tensor of Object.values(this.past)) tensor.dispose();
    this.past = {};
  }
}
