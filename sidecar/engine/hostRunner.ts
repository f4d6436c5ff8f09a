import { availableParallelism } from 'node:os';
import type { ModelConfig } from './config';
import { causalMask, floatsOf, Graph, type Feeds } from './graph';
import { KvCache } from './kvCache';
import { inputs, outputs } from './layout';
import { compacted } from './memory';
import type { Provider } from './providers';
import type { Runner, Sequence, Step } from './runner';
import type { Memory } from './types';

/** Below this width a second thread costs more than it brings. */
const SINGLE_THREAD_WIDTH = 1024;

/** The graph whose cached keys and values are JavaScript's, which the CPU reads where they are. */
export class HostRunner implements Runner {
  private sent: Memory | undefined;

  private constructor(
    private readonly graph: Graph,
    private readonly config: ModelConfig,
  ) {}

  /**
   * @param threads that compute on the CPU; as many as there are cores, or one for a small model, if not given
   * @throws ModelError as `Graph.load` does
   */
  static async load(
    file: string,
    config: ModelConfig,
    provider: Provider,
    threads = config.hidden_size < SINGLE_THREAD_WIDTH ? 1 : availableParallelism(),
  ): Promise<HostRunner> {
    const { num_hidden_layers: layers, num_key_value_heads: heads, head_dim: size } = config;
    const shapes = { [inputs.pastKey(layers - 1)]: ['P', heads, size] };
    return new HostRunner(await Graph.load(file, config, provider, { threads, shapes }), config);
  }

  get executionProvider(): Provider {
    return this.graph.executionProvider;
  }

  begin(memory: Memory): Sequence {
    return new HostSequence(this.graph, this.config, this.toSend(memory));
  }

  async release(): Promise<void> {
    await this.graph.release();
  }

  /** What the provider gets with each step: the CPU reads learned rows where they are, others are sent no empty room. */
  private toSend(memory: Memory): Memory {
    if (this.executionProvider === 'cpu') return memory;
    if (this.sent?.version !== memory.version) {
      this.sent = { ...memory, learned: compacted(memory.learned, this.config.qf2.intermediate_size) };
    }
    return this.sent;
  }
}

class HostSequence implements Sequence {
  private readonly cache: KvCache;

  constructor(
    private readonly graph: Graph,
    private readonly config: ModelConfig,
    private readonly memory: Memory,
  ) {
    this.cache = new KvCache(config);
  }

  get length(): number {
    return this.cache.length;
  }

  async step(tokens: readonly number[], asked: readonly number[]): Promise<Step> {
    const { cache } = this;
    const mask = causalMask(tokens.length, cache.rows, cache.rows - cache.length);
    const given = { tokens, start: cache.length, asked, mask };
    const { step, results } = await this.graph.run(given, this.state());
    const rows = Array.from({ length: this.config.num_hidden_layers }, (_, i) => ({
      key: floatsOf(results, outputs.newKey(i)),
      value: floatsOf(results, outputs.newValue(i)),
    }));
    cache.append(tokens.length, rows);
    return step;
  }

  end(): void {
    // Its arrays are JavaScript's.
  }

  private state(): Feeds {
    const { graph, cache, config, memory } = this;
    const { hidden_size: d, num_key_value_heads: heads, head_dim: size, qf2 } = config;
    const { intermediate_size: ffn } = qf2;
    const { rows, places } = memory.learned;
    const state: Feeds = {
      [inputs.weight]: graph.floats(memory.weight, [ffn, d]),
      [inputs.learned]: graph.floats(rows, [rows.length / ffn, ffn]),
      [inputs.places]: graph.ints(places),
    };
    const shape = [cache.rows, heads, size];
    cache.views().forEach(({ key, value }, i) => {
      state[inputs.pastKey(i)] = graph.floats(key, shape);
      state[inputs.pastValue(i)] = graph.floats(value, shape);
    });
    return state;
  }
}
