import assert from 'node:assert/strict';
import { ModelError } from '../../../sidecar/engine/errors';
import { FallbackRunner } from '../../../sidecar/engine/fallbackRunner';
import { withSequence, type Step } from '../../../sidecar/engine/runner';
import type { Memory } from '../../../sidecar/engine/types';
import { config, FakeRunner } from './fakeRunner';

const memory: Memory = {
  version: 'base',
  weight: new Float32Array(),
  learned: { rows: new Float32Array(config.qf2.intermediate_size), places: new Int32Array(256) },
};

describe('a GPU that fails while it is used', () => {
  const told: string[] = [];
  const cpus: FakeRunner[] = [];
  beforeEach(() => {
    told.length = 0;
    cpus.length = 0;
  });

  function withCpu(gpu: FakeRunner, openCpu: () => Promise<FakeRunner>): FallbackRunner {
    const open = async (): Promise<FakeRunner> => {
      const cpu = await openCpu();
      cpus.push(cpu);
      return cpu;
    };
    return new FallbackRunner(gpu, open, (message) => told.push(message));
  }

  /** Prefills three tokens and decodes three. */
  async function steps(runner: FallbackRunner | FakeRunner): Promise<Step[]> {
    return await withSequence(runner, memory, async (sequence) => {
      const results = [await sequence.step([1, 2, 3], [2])];
      for (const token of [4, 5, 6]) results.push(await sequence.step([token], [0]));
      assert.equal(sequence.length, 6);
      return results;
    });
  }

  it('is replaced by the CPU in the middle of an answer, which nobody notices', async () => {
    const gpu = new FakeRunner('webgpu', { failsAt: 2 });
    const runner = withCpu(gpu, () => Promise.resolve(new FakeRunner('cpu')));
    assert.equal(runner.executionProvider, 'webgpu');
    assert.deepEqual(await steps(runner), await steps(new FakeRunner('cpu')));
    assert.deepEqual([runner.executionProvider, gpu.released], ['cpu', true]);
    assert.deepEqual(told, ['webgpu failed, so the model now runs on the CPU: Out of device memory']);
    await runner.release();
    assert.deepEqual([cpus.length, cpus[0]?.released], [1, true]);
  });

  it('is replaced once: when the CPU fails, too, its error is told, and it is not loaded again', async () => {
    const runner = withCpu(new FakeRunner('webgpu', { failsAt: 0 }), () =>
      Promise.resolve(new FakeRunner('cpu', { failsAt: 0 })),
    );
    for (let n = 0; n < 3; n++) await assert.rejects(steps(runner), ModelError);
    assert.deepEqual([cpus.length, told.length], [1, 1]);
  });

  it('is not replaced again and again when the CPU cannot load the model', async () => {
    let attempts = 0;
    const gpu = new FakeRunner('webgpu', { failsAt: 0 });
    const runner = withCpu(gpu, () => {
      attempts++;
      return Promise.reject(new ModelError('There is not enough memory for this model.'));
    });
    for (let n = 0; n < 3; n++) {
      await assert.rejects(steps(runner), (error) => {
        assert.ok(error instanceof ModelError);
        return /^webgpu failed \(Out of device memory\), .* not enough memory/.test(error.message);
      });
    }
    assert.deepEqual([attempts, gpu.steps], [1, 1]);
    await runner.release();
  });

  it('is left alone when it does not fail', async () => {
    const runner = withCpu(new FakeRunner('webgpu'), () => Promise.reject(new Error('not needed')));
    assert.deepEqual(await steps(runner), await steps(new FakeRunner('cpu')));
    assert.deepEqual([runner.executionProvider, told], ['webgpu', []]);
  });
});
