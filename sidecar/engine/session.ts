import { availableParallelism } from 'node:os';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { KvCache } from './cache';
import type { ModelConfig } from './config';
import { ModelError } from './errors';
import { files, inputs, outputs } from './layout';
import type { Provider } from './providers';
import type { Runner, Step } from './runner';
import { loadRuntime } from './runtime';
import { runtimeError, runtimeReason } from './runtimeError';
import type { Memory } from './types';

/** Below this width a second thread costs more than it brings. */
const SINGLE_THREAD_WIDTH = 1024;

/** What hides a key from a query: far below any score, and finite. */
const MASKED = -1e9;

/** The converted graph in ONNX Runtime. */
export class Session implements Runner {
  private constructor(
    private readonly runtime: Awaited<ReturnType<typeof loadRuntime>>,
    private readonly session: InferenceSession,
    private readonly config: ModelConfig,
    readonly executionProvider: Provider,
  ) {}

  /**
   * Loads a graph on one execution provider.
   * @param threads that compute on the CPU; as many as there are cores, or one for a small model, if not given
   * @throws ModelError if the provider is not there, or ONNX Runtime cannot load the file.
   */
  static async load(
    file: string,
    config: ModelConfig,
    provider: Provider,
    threads = config.hidden_size < SINGLE_THREAD_WIDTH ? 1 : availableParallelism(),
  ): Promise<Session> {
    const runtime = await loadRuntime();
    let session: InferenceSession;
    try {
      session = await runtime.InferenceSession.create(file, {
        executionProviders: [provider],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        enableMemPattern: false,
        logSeverityLevel: 3,
      });
    } catch (error) {
      if (provider !== 'cpu') throw new ModelError(runtimeReason(error));
      throw runtimeError(error, `The model file ${file} cannot be loaded, it may be damaged`);
    }
    checkShapes(session, config, file);
    return new Session(runtime, session, config, provider);
  }

  async step(
    tokens: readonly number[],
    asked: readonly number[],
    cache: KvCache,
    memory: Memory,
  ): Promise<Step> {
    const { num_hidden_layers: layers } = this.config;
    const result = await this.run(tokens, asked, cache, memory);
    const data = (name: string): Float32Array => floats(result[name], name);
    const rows = Array.from({ length: layers }, (_, i) => ({
      key: data(outputs.newKey(i)),
      value: data(outputs.newValue(i)),
    }));
    cache.append(tokens.length, rows);
    const codes = {
      active: this.config.qf2.expansion.active,
      index: Uint16Array.from(result[outputs.codeIndex]?.data as Int32Array),
      value: data(outputs.codeValue),
    };
    return { logits: data(outputs.logits), keys: data(outputs.key), codes, pre: data(outputs.pre) };
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  private async run(...given: Parameters<Runner['step']>): Promise<InferenceSession.OnnxValueMapType> {
    try {
      return await this.session.run(this.feeds(...given));
    } catch (error) {
      if (this.executionProvider !== 'cpu') throw new ModelError(runtimeReason(error));
      throw runtimeError(error, 'The model cannot be computed');
    }
  }

  private feeds(
    tokens: readonly number[],
    asked: readonly number[],
    cache: KvCache,
    memory: Memory,
  ): Record<string, Tensor> {
    const { Tensor } = this.runtime;
    const { hidden_size: d, num_key_value_heads, head_dim, qf2 } = this.config;
    const ffn = qf2.intermediate_size;
    const { rows, places } = memory.learned;
    const total = cache.rows + tokens.length;
    const feeds: Record<string, Tensor> = {
      [inputs.tokens]: new Tensor('int32', Int32Array.from(tokens), [tokens.length]),
      [inputs.start]: new Tensor('int64', BigInt64Array.of(BigInt(cache.length)), [1]),
      [inputs.asked]: new Tensor('int32', Int32Array.from(asked), [asked.length]),
      [inputs.mask]: new Tensor('float32', causalMask(tokens.length, cache.rows), [tokens.length, total]),
      [inputs.weight]: new Tensor('float32', memory.weight, [ffn, d]),
      [inputs.learned]: new Tensor('float32', rows, [rows.length / ffn, ffn]),
      [inputs.places]: new Tensor('int32', places, [qf2.expansion.units]),
    };
    const shape = [cache.rows, num_key_value_heads, head_dim];
    cache.views().forEach(({ key, value }, i) => {
      feeds[inputs.pastKey(i)] = new Tensor('float32', key, shape);
      feeds[inputs.pastValue(i)] = new Tensor('float32', value, shape);
    });
    return feeds;
  }
}

function floats(tensor: Tensor | undefined, name: string): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new ModelError(`The model's graph has no output "${name}".`);
}

/** @throws ModelError if the graph was converted from another `config.json`. */
function checkShapes(session: InferenceSession, config: ModelConfig, file: string): void {
  const { hidden_size: d, num_hidden_layers, num_key_value_heads, head_dim, vocab_size, qf2 } = config;
  const expected = new Map<string, (number | string)[]>([
    [inputs.weight, [qf2.intermediate_size, d]],
    [inputs.places, [qf2.expansion.units]],
    [outputs.codeIndex, ['A', qf2.expansion.active]],
    [inputs.pastKey(num_hidden_layers - 1), ['P', num_key_value_heads, head_dim]],
    [outputs.logits, ['A', vocab_size]],
  ]);
  const values = [...session.inputMetadata, ...session.outputMetadata];
  for (const [name, shape] of expected) {
    const value = values.find((candidate) => candidate.name === name);
    const found = value?.isTensor ? value.shape : [];
    if (found.join() === shape.join()) continue;
    throw new ModelError(
      `${file} does not fit its ${files.config}: "${name}" has shape [${found.join(', ')}], ` +
        `expected [${shape.join(', ')}]. Convert the model again.`,
    );
  }
}

/** Each new token sees the cached rows but the dummy, itself and the new tokens before it; [count, cached + count]. */
function causalMask(count: number, cached: number): Float32Array {
  const total = cached + count;
  const mask = new Float32Array(count * total);
  for (let row = 0; row < count; row++) {
    mask[row * total] = MASKED;
    mask.fill(MASKED, row * total + cached + row + 1, (row + 1) * total);
  }
  return mask;
}
