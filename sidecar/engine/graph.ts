import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ModelConfig } from './config';
import { ModelError } from './errors';
import { files, inputs, outputs } from './layout';
import type { Provider } from './providers';
import type { Step } from './runner';
import { loadRuntime } from './runtime';
import { runtimeError, runtimeReason } from './runtimeError';

export type Feeds = Record<string, Tensor>;
export type Results = InferenceSession.OnnxValueMapType;

type Shapes = Record<string, readonly (number | string)[]>;

export interface GraphOptions {
  /** That compute on the CPU. */
  threads: number;
  /** Outputs that stay on the provider's device. */
  onDevice?: readonly string[];
  /** Shapes of the cache's tensors that the graph must have, beside those that all graphs have. */
  shapes: Shapes;
}

/** New tokens, and what goes with them in every graph. */
export interface Tokens {
  tokens: readonly number[];
  /** Position of the first one. */
  start: number;
  /** Indices into `tokens`. */
  asked: readonly number[];
  /** [S, T] */
  mask: Float32Array;
}

/** A converted graph in ONNX Runtime. */
export class Graph {
  private constructor(
    private readonly runtime: Awaited<ReturnType<typeof loadRuntime>>,
    private readonly session: InferenceSession,
    private readonly active: number,
    readonly executionProvider: Provider,
  ) {}

  /**
   * Loads a graph on one execution provider.
   * @throws ModelError if the provider is not there, ONNX Runtime cannot load the file, or it is of another model.
   */
  static async load(
    file: string,
    config: ModelConfig,
    provider: Provider,
    { threads, onDevice = [], shapes }: GraphOptions,
  ): Promise<Graph> {
    const runtime = await loadRuntime();
    let session: InferenceSession;
    try {
      session = await runtime.InferenceSession.create(file, {
        executionProviders: [provider],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        enableMemPattern: false,
        logSeverityLevel: 3,
        preferredOutputLocation: Object.fromEntries(onDevice.map((name) => [name, deviceOf(provider)])),
      });
    } catch (error) {
      if (provider !== 'cpu') throw new ModelError(runtimeReason(error));
      throw runtimeError(error, `The model file ${file} cannot be loaded; it may be damaged`);
    }
    checkShapes(session, { ...commonShapes(config), ...shapes }, file);
    return new Graph(runtime, session, config.qf2.expansion.active, provider);
  }

  floats(data: Float32Array, shape: readonly number[]): Tensor {
    return new this.runtime.Tensor('float32', data, shape);
  }

  ints(data: Int32Array): Tensor {
    return new this.runtime.Tensor('int32', data, [data.length]);
  }

  /**
   * @param state cache and memory
   * @returns what is computed at the asked positions, and all outputs
   * @throws ModelError if ONNX Runtime cannot compute it
   */
  async run(given: Tokens, state: Feeds): Promise<{ step: Step; results: Results }> {
    const { tokens, start, asked, mask } = given;
    const feeds = {
      ...state,
      [inputs.tokens]: this.ints(Int32Array.from(tokens)),
      [inputs.start]: new this.runtime.Tensor('int64', BigInt64Array.of(BigInt(start)), [1]),
      [inputs.asked]: this.ints(Int32Array.from(asked)),
      [inputs.mask]: this.floats(mask, [tokens.length, mask.length / tokens.length]),
    };
    let results: Results;
    try {
      results = await this.session.run(feeds);
    } catch (error) {
      if (this.executionProvider !== 'cpu') throw new ModelError(runtimeReason(error));
      throw runtimeError(error, 'The model could not be run');
    }
    return { step: this.stepOf(results), results };
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  private stepOf(results: Results): Step {
    const codes = {
      active: this.active,
      index: Uint16Array.from(tensorOf(results, outputs.codeIndex).data as Int32Array),
      value: floatsOf(results, outputs.codeValue),
    };
    return {
      logits: floatsOf(results, outputs.logits),
      keys: floatsOf(results, outputs.key),
      codes,
      pre: floatsOf(results, outputs.pre),
    };
  }
}

/** Where tensors are that stay on the provider's device. */
export function deviceOf(provider: Provider): 'cpu' | 'gpu-buffer' {
  return provider === 'cpu' ? 'cpu' : 'gpu-buffer';
}

export function tensorOf(results: Results, name: string): Tensor {
  const tensor = results[name];
  if (tensor) return tensor;
  throw new ModelError(`The model's graph has no output "${name}".`);
}

export function floatsOf(results: Results, name: string): Float32Array {
  return tensorOf(results, name).data as Float32Array;
}

/** What hides a key from a query: far below any score, and finite. */
const MASKED = -1e9;

/**
 * Each new token sees the cached rows but the first `hidden`, itself and the new tokens before it; [count, cached +
 * count].
 */
export function causalMask(count: number, cached: number, hidden: number): Float32Array {
  const total = cached + count;
  const mask = new Float32Array(count * total);
  for (let row = 0; row < count; row++) {
    mask.fill(MASKED, row * total, row * total + hidden);
    mask.fill(MASKED, row * total + cached + row + 1, (row + 1) * total);
  }
  return mask;
}

function commonShapes({ hidden_size: d, vocab_size, qf2 }: ModelConfig): Shapes {
  return {
    [inputs.weight]: [qf2.intermediate_size, d],
    [inputs.places]: [qf2.expansion.units],
    [outputs.codeIndex]: ['A', qf2.expansion.active],
    [outputs.logits]: ['A', vocab_size],
  };
}

/** @throws ModelError if the graph was converted from another `config.json`. */
function checkShapes(session: InferenceSession, expected: Shapes, file: string): void {
  const values = [...session.inputMetadata, ...session.outputMetadata];
  for (const [name, shape] of Object.entries(expected)) {
    const value = values.find((candidate) => candidate.name === name);
    const found = value?.isTensor ? value.shape : [];
    if (found.join() === shape.join()) continue;
    throw new ModelError(
      `${file} does not match its ${files.config}: "${name}" has shape [${found.join(', ')}], ` +
        `expected [${shape.join(', ')}]. Convert the model again.`,
    );
  }
}
