import { availableParallelism } from 'node:os';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { KvCache } from './cache';
import type { ModelConfig } from './config';
import { ModelError, messageOf } from './errors';
import { files, inputs, outputs } from './layout';
import { loadRuntime } from './runtime';
import type { Codes, Memory } from './types';

/** Below this width a second thread costs more than it brings. */
const SINGLE_THREAD_WIDTH = 1024;

/** What hides a key from a query: far below any score, and finite. */
const MASKED = -1e9;

/** What the graph computes at the asked positions, `count` rows each. */
export interface Step {
  /** [count, vocabulary] */
  logits: Float32Array;
  /** [count, d] */
  keys: Float32Array;
  codes: Codes;
  /** [count, ffn] */
  pre: Float32Array;
}

/** The converted graph in ONNX Runtime. Not to be called again before a step has ended. */
export class Session {
  private constructor(
    private readonly runtime: Awaited<ReturnType<typeof loadRuntime>>,
    private readonly session: InferenceSession,
    private readonly config: ModelConfig,
    /** The execution provider in use, e.g. "cpu". */
    readonly executionProvider: string,
  ) {}

  /**
   * Loads a graph; an execution provider that is not there is replaced by the CPU.
   * @param threads that compute on the CPU; as many as there are cores, or one for a small model, if not given
   * @throws ModelError if ONNX Runtime cannot load the file.
   */
  static async load(
    file: string,
    config: ModelConfig,
    provider: string,
    threads = config.hidden_size < SINGLE_THREAD_WIDTH ? 1 : availableParallelism(),
  ): Promise<Session> {
    const runtime = await loadRuntime();
    const create = (name: string): Promise<InferenceSession> =>
      runtime.InferenceSession.create(file, {
        executionProviders: [name],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        enableMemPattern: false,
        logSeverityLevel: 3,
      });
    const chosen = provider === 'cpu' ? undefined : await create(provider).catch(() => undefined);
    try {
      const session = chosen ?? (await create('cpu'));
      checkShapes(session, config, file);
      return new Session(runtime, session, config, chosen ? provider : 'cpu');
    } catch (error) {
      if (error instanceof ModelError) throw error;
      throw new ModelError(`The model file ${file} cannot be loaded, it may be damaged: ${messageOf(error)}`);
    }
  }

  /**
   * Runs `tokens` after what `cache` holds, and appends them to it.
   * @param asked indices into `tokens` at which results are wanted; at least one.
   */
  async step(
    tokens: readonly number[],
    asked: readonly number[],
    cache: KvCache,
    memory: Memory,
  ): Promise<Step> {
    const { num_hidden_layers: layers } = this.config;
    const result = await this.session.run(this.feeds(tokens, asked, cache, memory));
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
