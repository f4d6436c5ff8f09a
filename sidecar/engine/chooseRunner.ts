import { messageOf } from './errors';
import type { GpuProvider, Provider } from './providers';
import type { Runner } from './runner';
import type { SelfTest, Trial } from './selfTest';

export interface Choosing {
  /** GPU providers to try, best first. */
  candidates: readonly GpuProvider[];
  /** Whether one that is slower than the CPU is taken, too. */
  takeSlow: boolean;
  /** Loads the model. @throws where the provider is not there */
  open: (provider: Provider) => Promise<Runner>;
  test: SelfTest;
  /** Told of each provider that is not there. */
  onAbsence: (provider: GpuProvider, reason: string) => void;
  /** Told of each provider that is there, but not fit. */
  onRefusal: (provider: GpuProvider, reason: string) => void;
}

/** What the CPU computes in the self-test, and how fast. */
interface Reference {
  trial: Trial;
  tokenTime: number;
}

/**
 * Loads the model on the first GPU provider that computes what the CPU computes, else on the CPU. The CPU is
 * only loaded once a GPU provider is there, for comparison, or when all were refused.
 * @throws ModelError if the model cannot be loaded on the CPU, either.
 */
export async function chooseRunner(choosing: Choosing): Promise<Runner> {
  const { candidates, open, test, onAbsence, onRefusal } = choosing;
  let cpu: Runner | undefined;
  let reference: Reference | undefined;
  for (const provider of candidates) {
    let runner: Runner;
    try {
      runner = await open(provider);
    } catch (error) {
      onAbsence(provider, messageOf(error));
      continue;
    }
    let problem: string | undefined;
    try {
      cpu ??= await open('cpu');
      reference ??= { trial: await test.run(cpu), tokenTime: await test.tokenTime(cpu) };
      problem = await problemOf(runner, reference, choosing);
    } catch (error) {
      await runner.release();
      throw error;
    }
    if (problem === undefined) {
      await cpu.release();
      return runner;
    }
    onRefusal(provider, problem);
    await runner.release();
  }
  return cpu ?? (await open('cpu'));
}

/** Why a provider is not fit for the model; undefined where it is. */
async function problemOf(
  runner: Runner,
  reference: Reference,
  { test, takeSlow }: Choosing,
): Promise<string | undefined> {
  try {
    // First, since a GPU that is emulated takes minutes for the rest.
    const time = takeSlow ? 0 : await test.tokenTime(runner);
    if (time > reference.tokenTime) {
      const [own, cpu] = [time, reference.tokenTime].map((ms) => ms.toFixed(ms < 10 ? 1 : 0));
      return `a token takes it ${own} ms, and the CPU ${cpu} ms`;
    }
    return test.disagreement(await test.run(runner), reference.trial);
  } catch (error) {
    return messageOf(error);
  }
}
