import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { Mutex } from '../../sidecar/mutex';

describe('mutex', () => {
  it('runs one task at a time, in order, and goes on after a failure', async () => {
    const mutex = new Mutex();
    const log: string[] = [];
    const task = (name: string, ms: number) => async () => {
      log.push(`${name} starts`);
      await delay(ms);
      log.push(`${name} ends`);
      if (name === 'b') throw new Error('b failed');
      return name;
    };
    const results = await Promise.allSettled([
      mutex.run(task('a', 10)),
      mutex.run(task('b', 1)),
      mutex.run(task('c', 1)),
    ]);
    assert.deepEqual(log, ['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
  });

  it('lets a task that waits be given up, and not one that has begun', async () => {
    const mutex = new Mutex();
    const controller = new AbortController();
    let end = (): void => undefined;
    const done = new Promise<void>((resolve) => (end = resolve));
    const begun = mutex.run(() => done, controller.signal);
    await delay(0);
    const waiting = mutex.run(() => assert.fail('it was given up'), controller.signal);
    controller.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    end();
    await begun;
    assert.equal(await mutex.run(() => Promise.resolve('next')), 'next');
  });
});
