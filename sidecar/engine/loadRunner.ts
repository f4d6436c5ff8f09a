import { join } from 'node:path';
import { chooseRunner } from './chooseRunner';
import type { ModelConfig } from './config';
import { FallbackRunner } from './fallbackRunner';
import { HostRunner } from './hostRunner';
import { files } from './layout';
import { gpuProviders, type Provider, type ProviderChoice } from './providers';
import type { Runner } from './runner';
import { loadRuntime } from './runtime';
import { SelfTest } from './selfTest';
import { TrialMarks } from './trialMarks';

/** What the graphs of one model are loaded from. */
export interface RunnerSource {
  dir: string;
  config: ModelConfig;
  /** W0, [ffn, d] */
  weight: Float32Array;
  /** Folder in which providers that are being tried are marked. */
  trialsDir: string | undefined;
}

/**
 * Loads a graph on the provider that was chosen or, for `auto`, on the best one that passes the self-test.
 * When a GPU fails later, the CPU takes over.
 * @param onProblem told which providers were refused or have failed, and why; of those that are not there only one that was wished
 * @param log told of those, too
 * @throws ModelError if it cannot be loaded on the CPU, either.
 */
export async function loadRunner(
  { dir, config, weight, trialsDir }: RunnerSource,
  choice: ProviderChoice,
  onProblem: (message: string) => void,
  log: (message: string) => void,
): Promise<Runner> {
  const builtIn = (await loadRuntime()).listSupportedBackends().map(({ name }) => name);
  const candidates = gpuProviders(choice, config.hidden_size, builtIn);
  const open = (provider: Provider): Promise<Runner> => openRunner(dir, config, provider);
  if (candidates.length === 0) return await open('cpu');
  const onAbsence = choice === 'auto' ? log : onProblem;
  const runner = await chooseRunner({
    candidates,
    isNamed: choice !== 'auto',
    open,
    test: new SelfTest(config, weight),
    marks: trialsDir === undefined ? undefined : new TrialMarks(trialsDir),
    onAbsence: (provider, reason) => onAbsence(`${provider} is not available: ${reason}`),
    onRefusal: (provider, reason) => onProblem(`${provider} rejected: ${reason}`),
  });
  return runner.executionProvider === 'cpu'
    ? runner
    : new FallbackRunner(runner, () => open('cpu'), onProblem);
}

/**
 * Loads a converted model on a provider, untested.
 * @throws ModelError, or what ONNX Runtime throws where the provider is not there
 */
export async function openRunner(
  dir: string,
  config: ModelConfig,
  provider: Provider,
  threads?: number,
): Promise<Runner> {
  if (provider !== 'webgpu') return await HostRunner.load(join(dir, files.graph), config, provider, threads);
  // Only where it is needed, since it takes the writer of ONNX along.
  const { DeviceRunner } = await import('./deviceRunner');
  return await DeviceRunner.load(join(dir, files.deviceGraph), config, provider);
}
