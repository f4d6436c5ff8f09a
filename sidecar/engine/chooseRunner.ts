import { CpuReference } from './cpuReference';
import { messageOf } from './errors';
import type { GpuProvider, Provider } from './providers';
import type { Runner } from './runner';
import type { SelfTest } from './selfTest';
import type { TrialMarks } from './trialMarks';

export interface Choosing {
  /** GPU providers to try, best first. */
  candidates: readonly GpuProvider[];
  /** Whether the user named the provider: then one that is slower than the CPU is taken, too. */
  isNamed: boolean;
  /** Loads the model. @throws where the provider is not there */
  open: (provider: Provider) => Promise<Runner>;
  test: SelfTest;
  /** Of the providers that are being tried. */
  marks: TrialMarks | undefined;
  /** Told of each provider that is not there. */
  onAbsence: (provider: GpuProvider, reason: string) => void;
  /** Told of each provider that is there, but not fit. */
  onRefusal: (provider: GpuProvider, reason: string) => void;
}

/**
 * Loads the model on the first GPU provider that computes what the CPU computes, else on the CPU. The CPU is
 * only loaded once a GPU provider is there, for comparison, or when all were refused.
 * @throws ModelError if the model cannot be loaded on the CPU, either.
 */
export async function chooseRunner(choosing: Choosing): Promise<Runner> {
  const { candidates, isNamed, open, test, marks, onRefusal } = choosing;
  const cpu = new CpuReference(() => open('cpu'), test);
  for (const provider of candidates) {
    if (await marks?.isOn(provider)) {
      onRefusal(provider, 'the sidecar crashed the last time it was tried');
      // Who named it may try again at the next start.
      if (isNamed) await marks?.takeOff(provider);
      continue;
    }
    await marks?.put(provider);
    try {
      const runner = await tried(provider, choosing, cpu);
      if (runner) {
        await cpu.release();
        return runner;
      }
    } finally {
      await marks?.takeOff(provider);
    }
  }
  return await cpu.runner();
}

/** The model on a GPU provider that is fit for it; undefined where none is there or it is not fit. */
async function tried(
  provider: GpuProvider,
  choosing: Choosing,
  cpu: CpuReference,
): Promise<Runner | undefined> {
  let runner: Runner;
  try {
    runner = await choosing.open(provider);
  } catch (error) {
    choosing.onAbsence(provider, messageOf(error));
    return undefined;
  }
  let problem: string | undefined;
  try {
    await cpu.runner();
    problem = await problemOf(runner, choosing, cpu);
  } catch (error) {
    await runner.release();
    throw error;
  }
  if (problem === undefined) return runner;
  choosing.onRefusal(provider, problem);
  await runner.release();
  return undefined;
}

/** Why a provider is not fit for the model; undefined where it is. */
async function problemOf(
  runner: Runner,
  { test, isNamed }: Choosing,
  cpu: CpuReference,
): Promise<string | undefined> {
  try {
    // First, since a GPU that is emulated takes minutes for the rest.
    if (!isNamed) {
      const times = [await test.tokenTime(runner), await cpu.tokenTime()] as const;
      if (times[0] > times[1]) {
        const [own, its] = times.map((ms) => ms.toFixed(ms < 10 ? 1 : 0));
        return `slower than the CPU (${own} ms vs ${its} ms per token)`;
      }
    }
    return test.disagreement(await test.run(runner), await cpu.trial());
  } catch (error) {
    return messageOf(error);
  }
}
