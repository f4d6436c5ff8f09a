import assert from 'node:assert/strict';
import { untaughtMemory } from '../../../sidecar/engine/memory';
import { prefill } from '../../../sidecar/engine/prefill';
import { config, FakeRunner } from './fakeRunner';

const memory = untaughtMemory(config, new Float32Array(config.qf2.intermediate_size * config.hidden_size));
const tokens = Array.from({ length: 300 }, (_, n) => (7 * n) % 32);

describe('a long prompt', () => {
  it('gives what it gives in one go, wherever it is asked', async () => {
    for (const asked of [[299], [0, 127, 128, 129, 255, 256], [...tokens.keys()]]) {
      const sequence = new FakeRunner('cpu').begin(memory);
      const parts = await prefill(sequence, tokens, asked);
      const whole = await new FakeRunner('cpu').begin(memory).step(tokens, asked);
      assert.deepEqual(parts, whole);
      assert.equal(sequence.length, tokens.length);
    }
  });

  it('lets others have their turn', async () => {
    let turns = 0;
    let isRead = false;
    const others = (): void => {
      turns++;
      if (!isRead) setImmediate(others);
    };
    setImmediate(others);
    await prefill(new FakeRunner('cpu').begin(memory), tokens, [299]);
    isRead = true;
    assert.ok(turns >= 2, `${turns} turns`);
  });

  it('is not read to its end when that is no longer wanted', async () => {
    const runner = new FakeRunner('cpu');
    const controller = new AbortController();
    const reading = prefill(runner.begin(memory), tokens, [299], controller.signal);
    controller.abort(new Error('no longer wanted'));
    await assert.rejects(reading, /no longer wanted/);
    assert.equal(runner.steps, 1);
  });
});
