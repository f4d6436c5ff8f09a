import assert from 'node:assert/strict';
import { join } from 'node:path';
import { chooseRunner } from '../../../sidecar/engine/chooseRunner';
import { readConfig, type ModelConfig } from '../../../sidecar/engine/config';
import { ModelError } from '../../../sidecar/engine/errors';
import { FallbackRunner } from '../../../sidecar/engine/fallbackRunner';
import { generate } from '../../../sidecar/engine/generate';
import { HostRunner } from '../../../sidecar/engine/hostRunner';
import { files } from '../../../sidecar/engine/layout';
import { Model } from '../../../sidecar/engine/model';
import type { Provider } from '../../../sidecar/engine/providers';
import type { Runner, Sequence, Step } from '../../../sidecar/engine/runner';
import { SelfTest } from '../../../sidecar/engine/selfTest';
import { Tokenizer } from '../../../sidecar/engine/tokenizer';
import type { Memory } from '../../../sidecar/engine/types';
import { shippedModel } from './convertedModel';

/** What is wrong with a GPU. */
interface Fault {
  /** Is given the memory of each step, and gives what the GPU makes of it. */
  memory?: (memory: Memory) => Memory;
  /** Is given the results of each step. */
  step?: (step: Step, n: number) => Step;
  /** The number of the step from which on it fails. */
  failsAt?: number;
}

/** A GPU that is the CPU in truth, with a fault. */
class FaultyGpu implements Runner {
  readonly executionProvider = 'webgpu';
  private steps = 0;

  constructor(
    private readonly cpu: HostRunner,
    private readonly fault: Fault,
  ) {}

  begin(memory: Memory): Sequence {
    const { failsAt = Infinity } = this.fault;
    const sequence = this.cpu.begin(this.fault.memory?.(memory) ?? memory);
    return {
      get length() {
        return sequence.length;
      },
      step: async (tokens, asked): Promise<Step> => {
        const n = this.steps++;
        if (n >= failsAt) throw new ModelError('Out of device memory');
        const step = await sequence.step(tokens, asked);
        return this.fault.step?.(step, n) ?? step;
      },
      end: () => sequence.end(),
    };
  }

  release(): Promise<void> {
    return this.cpu.release();
  }
}

describe('GPUs, played by the CPU', () => {
  const problems: string[] = [];
  let dir: string;
  let config: ModelConfig;
  let model: Model;

  before(async () => {
    dir = await shippedModel();
    config = await readConfig(dir);
    model = await Model.load(dir);
  });
  beforeEach(() => (problems.length = 0));
  after(() => model.dispose());

  const cpu = (): Promise<HostRunner> => HostRunner.load(join(dir, files.graph), config, 'cpu');

  async function chosen(fault: Fault): Promise<Provider> {
    const gpu = new FaultyGpu(await cpu(), fault);
    const runner = await chooseRunner({
      candidates: ['webgpu'],
      isNamed: true,
      open: (provider) => (provider === 'cpu' ? cpu() : Promise.resolve(gpu)),
      test: new SelfTest(config, model.base.weight),
      marks: undefined,
      onAbsence: (_, reason) => problems.push(reason),
      onRefusal: (_, reason) => problems.push(reason),
    });
    await runner.release();
    return runner.executionProvider;
  }

  it('are used where they compute the same', async () => {
    assert.equal(await chosen({}), 'webgpu');
    assert.deepEqual(problems, []);
  });

  it('are refused where a decoded token has other logits', async () => {
    const step = (own: Step, n: number): Step => (n < 8 ? own : { ...own, logits: own.logits.toReversed() });
    assert.equal(await chosen({ step }), 'cpu');
    assert.match(problems.join(), /^its logits differ by \d+ from the CPU's$/);
  });

  it('may be further off in one row than in most', async () => {
    const louder = (factor: number, only?: number) => (own: Step, n: number) =>
      only === undefined || n === only ? { ...own, logits: own.logits.map((x) => factor * x) } : own;
    assert.equal(await chosen({ step: louder(1.08) }), 'webgpu');
    assert.equal(await chosen({ step: louder(1.2) }), 'cpu');
    assert.equal(await chosen({ step: louder(1.2, 8) }), 'webgpu');
    assert.equal(await chosen({ step: louder(1.4, 8) }), 'cpu');
  });

  it('are refused where they do not see what was learned', async () => {
    const { learned } = model.base;
    assert.equal(await chosen({ memory: (memory) => ({ ...memory, learned }) }), 'cpu');
    assert.match(problems.join(), /^its QF2 layer's pre-activations differ by [\d.]+ from the CPU's$/);
  });

  it('give over to the CPU in the middle of an answer, which is the same', async () => {
    const prompt = { system: 'The port of Oxinnovate is 8080.', user: 'What is the port of Oxinnovate?' };
    const gpu = new FaultyGpu(await cpu(), { failsAt: 2 });
    const runner = new FallbackRunner(gpu, cpu, (problem) => problems.push(problem));
    const tokenizer = await Tokenizer.load(dir, config.vocab_size);
    const answer = await generate({ config, tokenizer, runner }, prompt, model.base);
    assert.deepEqual(answer, await model.generate(prompt, model.base));
    assert.deepEqual(problems, ['webgpu failed, so the model now runs on the CPU: Out of device memory']);
    await runner.release();
  });
});
