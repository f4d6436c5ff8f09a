import { messageOf, ModelError } from './errors';
import type { Provider } from './providers';
import type { Runner, Step } from './runner';

/**
 * A graph on a GPU that goes over to the CPU, once and for good, when the GPU fails: when its memory is full, or
 * it was taken away. The step that failed is done again; keys and values so far are JavaScript's, and stay.
 */
export class FallbackRunner implements Runner {
  /** Why the CPU could not take over. */
  private failure: ModelError | undefined;

  /**
   * @param openCpu loads the same graph on the CPU
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

  async step(...given: Parameters<Runner['step']>): Promise<Step> {
    if (this.failure) throw this.failure;
    try {
      return await this.runner.step(...given);
    } catch (error) {
      if (this.executionProvider === 'cpu') throw error;
      await this.fallBack(messageOf(error));
      return await this.runner.step(...given);
    }
  }

  async release(): Promise<void> {
    if (!this.failure) await this.runner.release();
  }

  private async fallBack(reason: string): Promise<void> {
    const gpu = this.executionProvider;
    // What failed may fail at this as well; the CPU does not depend on it.
    await this.runner.release().catch(() => undefined);
    try {
      this.runner = await this.openCpu();
    } catch (error) {
      this.failure = new ModelError(
        `${gpu} failed (${reason}), and the CPU cannot take over: ${messageOf(error)} ` +
          'Restart the sidecar, or choose a smaller model.',
      );
      throw this.failure;
    }
    this.onFallback(`${gpu} failed, the CPU has taken over: ${reason}`);
  }
}
