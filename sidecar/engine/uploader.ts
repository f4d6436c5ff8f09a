import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { GraphBuilder } from '../onnx/graphBuilder';
import { encodeModel } from '../onnx/onnxProto';
import { ModelError } from './errors';
import { deviceOf, tensorOf } from './graph';
import type { Provider } from './providers';
import { loadRuntime } from './runtime';
import { runtimeReason } from './runtimeError';

/** Puts arrays on the GPU, where they stay until others take their place. */
export class Uploader {
  private readonly held = new Map<string, { array: Float32Array; tensor: Tensor }>();

  private constructor(
    private readonly runtime: Awaited<ReturnType<typeof loadRuntime>>,
    private readonly session: InferenceSession,
  ) {}

  /** @throws ModelError if the provider is not there */
  static async open(provider: Provider): Promise<Uploader> {
    const runtime = await loadRuntime();
    try {
      const session = await runtime.InferenceSession.create(identity(), {
        executionProviders: [provider],
        preferredOutputLocation: deviceOf(provider),
        logSeverityLevel: 3,
      });
      return new Uploader(runtime, session);
    } catch (error) {
      throw new ModelError(runtimeReason(error));
    }
  }

  /**
   * The matrix `array` [rows, width] on the GPU; copied there unless it is the one that has this name already.
   * @returns a tensor that lives until another array gets the name
   * @throws ModelError if the GPU has no room for it
   */
  async resident(name: string, array: Float32Array, width: number): Promise<Tensor> {
    const known = this.held.get(name);
    if (known?.array === array) return known.tensor;
    known?.tensor.dispose();
    this.held.delete(name);
    const host = new this.runtime.Tensor('float32', array, [array.length / width, width]);
    try {
      const tensor = tensorOf(await this.session.run({ host }), 'resident');
      this.held.set(name, { array, tensor });
      return tensor;
    } catch (error) {
      throw new ModelError(runtimeReason(error));
    }
  }

  async release(): Promise<void> {
    for (const { tensor } of this.held.values()) tensor.dispose();
    this.held.clear();
    await this.session.release();
  }
}

/** A graph that gives back what it is given. */
function identity(): Uint8Array {
  const g = new GraphBuilder();
  g.input('host', 'float', ['R', 'W']);
  g.output('resident', 'float', ['R', 'W']);
  g.node('Identity', 'resident', ['host']);
  return encodeModel(g.build());
}
