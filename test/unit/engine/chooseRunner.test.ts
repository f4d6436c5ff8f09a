import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseRunner } from '../../../sidecar/engine/chooseRunner';
import { ModelError } from '../../../sidecar/engine/errors';
import type { GpuProvider, Provider } from '../../../sidecar/engine/providers';
import type { Runner } from '../../../sidecar/engine/runner';
import { SelfTest } from '../../../sidecar/engine/selfTest';
import { TrialMarks } from '../../../sidecar/engine/trialMarks';
import { config, FakeRunner, type Faults } from './fakeRunner';

/** What each provider is like; one that is not named is not there. */
type Machine = Partial<Record<Provider, Faults>>;

describe('choice of an execution provider', () => {
  const opened: FakeRunner[] = [];
  const notes: string[] = [];
  let folder: string;
  const dir = (): string => join(folder, 'made-when-needed');
  let marks: TrialMarks;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quickfire-trials-'));
    marks = new TrialMarks(dir());
    opened.length = 0;
    notes.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  function choose(machine: Machine, candidates: GpuProvider[], isNamed = true): Promise<Runner> {
    return chooseRunner({
      candidates,
      isNamed,
      open: (provider) => {
        const faults = machine[provider];
        if (!faults) return Promise.reject(new ModelError('No supported adapters'));
        const runner = new FakeRunner(provider, faults);
        opened.push(runner);
        return Promise.resolve(runner);
      },
      test: new SelfTest(config, new Float32Array(config.qf2.intermediate_size * config.hidden_size)),
      marks,
      onAbsence: (provider, reason) => notes.push(`${provider} absent: ${reason}`),
      onRefusal: (provider, reason) => notes.push(`${provider} rejected: ${reason}`),
    });
  }

  /** The provider in use is the only one still loaded. */
  function assertInUse(runner: Runner, provider: Provider): void {
    assert.equal(runner.executionProvider, provider);
    assert.deepEqual(
      opened.filter(({ released }) => !released),
      [runner],
    );
  }

  it('takes the first GPU that computes what the CPU computes, and lets go of the CPU', async () => {
    assertInUse(await choose({ cpu: {}, webgpu: {}, dml: {} }, ['cuda', 'webgpu', 'dml']), 'webgpu');
    assert.deepEqual(notes, ['cuda absent: No supported adapters']);
    assert.deepEqual(
      opened.map(({ executionProvider }) => executionProvider),
      ['webgpu', 'cpu'],
    );
  });

  it('tests nothing where no GPU is there', async () => {
    assertInUse(await choose({ cpu: {} }, ['cuda', 'webgpu']), 'cpu');
    assert.equal(opened[0]?.steps, 0);
  });

  for (const [what, step] of [
    ['prefill', 0],
    ['last decoded token', 8],
  ] as const) {
    it(`refuses a GPU whose logits are off in the ${what}`, async () => {
      const webgpu = { logitOff: { step, by: 3.2 } };
      assertInUse(await choose({ cpu: {}, webgpu }, ['webgpu']), 'cpu');
      assert.deepEqual(notes, ["webgpu rejected: its logits differ by 3.2 from the CPU's"]);
    });
  }

  it('refuses one that gives no numbers, and one that forgets what was learned', async () => {
    const machine = { cpu: {}, cuda: { logitOff: { step: 8, by: NaN } }, webgpu: { forgetsLearned: true } };
    assertInUse(await choose(machine, ['cuda', 'webgpu']), 'cpu');
    assert.equal(notes[0], 'cuda rejected: its logits contain NaN');
    assert.match(notes[1] ?? '', /^webgpu rejected: its QF2 layer's pre-activations differ by [12]\.\d from/);
  });

  it('accepts rounding', async () => {
    const webgpu = { logitOff: { step: 0, by: 0.05 } };
    assertInUse(await choose({ cpu: {}, webgpu }, ['webgpu']), 'webgpu');
  });

  it('refuses one that fails in the test, and goes on to the next', async () => {
    const machine = { cpu: {}, webgpu: { failsAt: 5 }, dml: {} };
    assertInUse(await choose(machine, ['webgpu', 'dml']), 'dml');
    assert.deepEqual(notes, ['webgpu rejected: Out of device memory']);
  });

  it('refuses one that is slower than the CPU, before it computes much, unless it was wished', async () => {
    const machine = { cpu: {}, webgpu: { ms: 20 } };
    assertInUse(await choose(machine, ['webgpu'], false), 'cpu');
    assert.match(notes.join(), /^webgpu rejected: slower than the CPU \(\d+ ms vs \d+\.\d ms per token\)$/);
    assert.equal(opened[0]?.steps, 4);
    opened.length = 0;
    assertInUse(await choose(machine, ['webgpu'], true), 'webgpu');
  });

  it('leaves nothing loaded when the CPU cannot load the model', async () => {
    await assert.rejects(choose({ webgpu: {} }, ['webgpu']), ModelError);
    assert.ok(opened.every(({ released }) => released));
  });

  describe('when one took the process down', () => {
    const machine = { cpu: {}, webgpu: {}, dml: {} };
    const refused = 'webgpu rejected: the sidecar crashed the last time it was tried';
    const { pid: gone } = spawnSync(process.execPath, ['--version']);
    const crash = (): Promise<void> => new TrialMarks(dir(), gone).put('webgpu');

    it('does without it from then on', async () => {
      await crash();
      for (let start = 0; start < 2; start++) {
        await choose(machine, ['webgpu', 'dml'], false);
        assert.equal(notes.splice(0)[0], refused);
      }
      assert.ok(opened.every(({ executionProvider }) => executionProvider !== 'webgpu'));
    });

    it('tries it again at the next start but one if the user named it', async () => {
      await crash();
      assertInUse(await choose(machine, ['webgpu']), 'cpu');
      assert.deepEqual(notes, [refused]);
      opened.length = 0;
      assertInUse(await choose(machine, ['webgpu']), 'webgpu');
    });

    it('tries one that another window is trying', async () => {
      await marks.put('webgpu');
      assertInUse(await choose(machine, ['webgpu']), 'webgpu');
    });

    it('leaves no mark after a trial that ended, however it ended', async () => {
      await choose({ cpu: {}, webgpu: { failsAt: 5 } }, ['cuda', 'webgpu']);
      await assert.rejects(choose({ dml: {} }, ['dml']), ModelError);
      assert.deepEqual(await readdir(dir()), []);
    });

    it('leaves a mark only where the process was taken down, not where it was told to end', async () => {
      const trial = (end: string): void => {
        const module = require.resolve('../../../sidecar/engine/trialMarks');
        const code = `
          const { TrialMarks } = require(${JSON.stringify(module)});
          void new TrialMarks(${JSON.stringify(dir())}).put('webgpu').then(() => ${end});`;
        spawnSync(process.execPath, ['--import=tsx', '--eval', code], { stdio: 'inherit' });
      };
      trial('process.exit(1)');
      assert.deepEqual(await readdir(dir()), []);
      trial("process.kill(process.pid, 'SIGKILL')");
      assert.ok(await marks.isOn('webgpu'));
    });
  });

  it('needs no marks where their folder cannot be written to', async () => {
    await writeFile(dir(), 'a file');
    assertInUse(await choose({ cpu: {}, webgpu: {} }, ['webgpu']), 'webgpu');
  });
});
