import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { formEngram, targetBytes, targetSigns, type Engram } from '../../../sidecar/learning/engram';
import { EngramCache, engramKey } from '../../../sidecar/learning/engramCache';
import { decodeEngram, encodeEngram } from '../../../sidecar/learning/engramFile';
import { random } from './fakeModel';

const engram = (t: number, d: number, ffn: number, keepFiring: boolean): Engram => ({
  t,
  d,
  ffn,
  keys: random('keys', t * d),
  significance: random('significance', t),
  targets: Uint8Array.from(random('targets', t * targetBytes(ffn)), (value) => Math.abs(value * 100)),
  ...(keepFiring && { firing: random('firing', t * ffn) }),
});

describe('engram', () => {
  const recording = (probability: number[]): Parameters<typeof formEngram>[0][0]['update'] => ({
    tokens: [],
    t: probability.length,
    keys: random('keys', probability.length * 4),
    pre: random('pre', probability.length * 11),
    probability: Float32Array.from(probability),
    correct: [],
  });
  const options = { threshold: 0.05, emphasis: false, keepFiring: false, beta: 10 };

  it('keeps the positions that the model gets wrong, weighed by 1 − p', () => {
    const lesson = { instruct: recording([1, 1, 1]), update: recording([0.25, 0.99, 0]) };
    const { t, keys, significance } = formEngram([lesson, lesson], 4, 11, options);
    assert.equal(t, 4);
    assert.deepEqual([...significance], [0.75, 1, 0.75, 1]);
    assert.deepEqual(keys.slice(4, 8), lesson.update.keys.slice(8, 12));
  });

  it('keeps every position at full significance for emphasis', () => {
    const lesson = { instruct: recording([1, 1]), update: recording([0.25, 0.99]) };
    assert.deepEqual([...formEngram([lesson], 4, 11, { ...options, emphasis: true }).significance], [1, 1]);
  });

  it('packs the signs of the firing into bits', () => {
    const lesson = { instruct: recording([0, 0]), update: recording([0, 0]) };
    const formed = formEngram([lesson], 4, 11, options);
    assert.equal(formed.targets.length, 4);
    assert.deepEqual(
      [...targetSigns(formed)],
      Array.from(lesson.instruct.pre, (value) => (value > 0 ? 1 : -1)),
    );
  });

  it('survives its file form', () => {
    const size = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(size, size, size, fc.boolean(), (t, d, ffn, keepFiring) => {
        const before = engram(t, d, ffn, keepFiring);
        assert.deepEqual(decodeEngram(encodeEngram(before)), before);
      }),
    );
  });

  it('is not read from a damaged file', () => {
    const whole = encodeEngram(engram(2, 5, 9, true));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.boolean(), (at, cut) => {
        const damaged = Buffer.from(cut ? whole.subarray(0, at) : whole);
        if (!cut) damaged[at] = damaged[at]! ^ 1;
        assert.equal(decodeEngram(damaged), undefined);
      }),
    );
  });
});

describe('engram cache', () => {
  let folder: string;
  const logged: string[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quickfire-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('gives back what was put, and nothing for another shape', async () => {
    const cache = new EngramCache(join(folder, 'new'), (message) => logged.push(message));
    const before = engram(2, 5, 9, false);
    await cache.put('key', before);
    assert.deepEqual(await cache.get('key', 5, 9), before);
    assert.equal(await cache.get('other', 5, 9), undefined);
    assert.deepEqual(logged, []);
    assert.equal(await cache.get('key', 5, 10), undefined);
  });

  it('says that a file is damaged', async () => {
    const cache = new EngramCache(folder, (message) => logged.push(message));
    await cache.put('bad', engram(1, 2, 3, false));
    const [name = ''] = (await readdir(folder)).filter((file) => file.startsWith('bad'));
    await writeFile(join(folder, name), (await readFile(join(folder, name))).subarray(3));
    assert.equal(await cache.get('bad', 2, 3), undefined);
    assert.match(logged.at(-1) ?? '', /damaged/);
  });

  it('has another address for another model, rule, answer or emphasis', () => {
    const fact = { statement: 's', questions: ['q'], answer: 'a' };
    const keys = [
      engramKey(fact, 'm', 'margin'),
      engramKey(fact, 'n', 'margin'),
      engramKey(fact, 'm', 'hebbian'),
      engramKey({ ...fact, answer: 'b' }, 'm', 'margin'),
      engramKey({ ...fact, emphasis: 1 }, 'm', 'margin'),
    ];
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(engramKey({ ...fact, emphasis: 0 }, 'm', 'margin'), keys[0]);
  });
});
