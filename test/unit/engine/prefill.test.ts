import assert from 'node:assert/strict';
import { KvCache } from '../../../sidecar/engine/cache';
import { untaughtMemory } from '../../../sidecar/engine/memory';
import { prefill } from '../../../sidecar/engine/prefill';
import { config, FakeRunner } from './fakeRunner';

const memory = untaughtMemory(config, new Float32Array(config.qf2.intermediate_size * config.hidden_size));
const tokens = Array.from({ length: 300 }, (_, n) => (7 * n) % 32);

describe('a long prompt', () => {
  it('gives what it gives in one go, wherever it is asked', async () => {
    for (const asked of [[299], [0, 127, 128, 129, 255, 256], [...tokens.keys()]]) {
      const cache = new KvCache(config);
      const parts = await prefill(new FakeRunner('cpu'), tokens, asked, cache, memory);
      const whole = await new FakeRunner('cpu').step(tokens, asked, new KvCache(config), memory);
      assert.deepEqual(parts, whole);
      assert.equal(cache.length, tokens.length);
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
    await prefill(new FakeRunner('cpu'), tokens, [299], new KvCache(config), memory);
    isRead = true;
    assert.ok(turns >= 2, `${turns} turns`);
  });

  it('is not read to its end when that is no longer wanted', async () => {
    const runner = new FakeRunner('cpu');
    const controller = new AbortController();
    const reading = prefill(runner, tokens, [299], new KvCache(config), memory, controller.signal);
    controller.abort(new Error('no longer wanted'));
    await assert.rejects(reading, /no longer wanted/);
    assert.equal(runner.steps, 1);
  });
});
