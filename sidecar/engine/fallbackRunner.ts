import { messageOf, ModelError } from './errors';
import type { Provider } from './providers';
import type { Runner, Sequence, Step } from './runner';
import type { Memory } from './types';

/**
 * A graph on a GPU that goes over to the CPU, once and for good, when the GPU fails: when its memory is full, or
 * it was taken away. What was read so far is read again there, and the step that failed is done again.
 */
export class FallbackRunner implements Runner {
  /** Why the CPU could not take over. */
  private failure: ModelError | undefined;

  /**
   * @param openCpu loads the same model on the CPU
   * @param onFallback told why the CPU has taken over
   */
  constructor(
    private runner: Runner,
    private readonly openCpu: () => Promise<Runner>,
    private readonly onFallback: (message: string) => void,
  ) {}

  get executionProvider(): Provider {
    return this.runner.executionProvider;
  }

  begin(memory: Memory): Sequence {
    return new FallbackSequence(this, memory);
  }

  /** @throws ModelError where neither the GPU nor the CPU can be used */
  current(): Runner {
    if (this.failure) throw this.failure;
    return this.runner;
  }

  /** Has the CPU take over. @throws ModelError where it cannot */
  async fallBack(reason: string): Promise<void> {
    const gpu = this.executionProvider;
    // What failed may fail at this as well; the CPU does not depend on it.
    await this.runner.release().catch(() => undefined);
    try {
      this.runner = await this.openCpu();
    } catch (error) {
      this.failure = new ModelError(
        `${gpu} failed (${reason}), and the CPU could not take over: ${messageOf(error)} ` +
          'Restart the sidecar or choose a smaller model.',
      );
      throw this.failure;
    }
    this.onFallback(`${gpu} failed, so the model now runs on the CPU: ${reason}`);
  }

  async release(): Promise<void> {
    if (!this.failure) await this.runner.release();
  }
}

class FallbackSequence implements Sequence {
  /** What each step has read. */
  private readonly steps: (readonly number[])[] = [];
  private inner: Sequence | undefined;

  constructor(
    private readonly owner: FallbackRunner,
    private readonly memory: Memory,
  ) {}

  get length(): number {
    return this.steps.reduce((sum, { length }) => sum + length, 0);
  }

  async step(tokens: readonly number[], asked: readonly number[]): Promise<Step> {
    const runner = this.owner.current();
    let step: Step;
    try {
      this.inner ??= runner.begin(this.memory);
      step = await this.inner.step(tokens, asked);
    } catch (error) {
      if (runner.executionProvider === 'cpu') throw error;
      this.end();
      await this.owner.fallBack(messageOf(error));
      this.inner = this.owner.current().begin(this.memory);
      for (const read of this.steps) await this.inner.step(read, [0]);
      step = await this.inner.step(tokens, asked);
    }
    this.steps.push(tokens);
    return step;
  }

  end(): void {
    this.inner?.end();
    this.inner = undefined;
  }
}
