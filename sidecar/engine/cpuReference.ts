import type { Runner } from './runner';
import type { SelfTest, Trial } from './selfTest';

/** The CPU, which GPUs are compared with: loaded, and asked to compute, when first it is needed. */
export class CpuReference {
  private opened: Promise<Runner> | undefined;
  private computed: Promise<Trial> | undefined;
  private timed: Promise<number> | undefined;

  constructor(
    private readonly open: () => Promise<Runner>,
    private readonly test: SelfTest,
  ) {}

  /** @throws ModelError if it cannot load the model */
  runner(): Promise<Runner> {
    return (this.opened ??= this.open());
  }

  /** What it computes in the self-test. */
  trial(): Promise<Trial> {
    return (this.computed ??= this.runner().then((runner) => this.test.run(runner)));
  }

  /** Milliseconds that a token takes it. */
  tokenTime(): Promise<number> {
    return (this.timed ??= this.runner().then((runner) => this.test.tokenTime(runner)));
  }

  async release(): Promise<void> {
    await (await this.opened)?.release();
  }
}
