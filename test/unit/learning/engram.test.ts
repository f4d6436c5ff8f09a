import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { positionsOf, type Lesson } from '../../../sidecar/learning/engram';
import { EngramCache, engramKey } from '../../../sidecar/learning/engramCache';
import { decodeEngram, encodeEngram } from '../../../sidecar/learning/engramFile';
import { packSigns, signBytes, unpackSigns } from '../../../sidecar/learning/signs';
import { hebbianEngram, marginEngram, recordedEngram } from './engrams';
import { FakeModel, random } from './fakeModel';

describe('engram', () => {
  const lesson = (...probability: number[]): Lesson =>
    ({ update: { probability: Float32Array.from(probability) } }) as Lesson;
  const weighed = (lessons: Lesson[], emphasis: boolean): number[][] =>
    positionsOf(lessons, emphasis).map(({ position, significance }) => [position, significance]);

  it('has all positions of all lessons, weighed by 1 − p', () => {
    const each = [
      [0, 0.75],
      [1, 0],
      [2, 1],
    ];
    assert.deepEqual(weighed([lesson(0.25, 1, 0), lesson(0.25, 1, 0)], false), [...each, ...each]);
  });

  it('has every position at full significance for emphasis', () => {
    assert.deepEqual(weighed([lesson(0.25, 0.99)], true), [
      [0, 1],
      [1, 1],
    ]);
  });

  it('holds the signs with the statement, and code and pre-activations without', async () => {
    const model = new FakeModel();
    const { codes, pre, step, targets, t } = await recordedEngram(model, 'Who owns Xalor?', 'Ada Lovelace');
    const told = await model.record({ system: 'It is Ada Lovelace.', user: '' }, 'Ada Lovelace', model.base);
    const alone = await model.record({ system: '', user: 'Who owns Xalor?' }, 'Ada Lovelace', model.base);
    assert.equal(t, 3);
    assert.deepEqual(codes, alone.codes);
    assert.deepEqual([...unpackSigns(targets, 1, 64)], [...told.pre.slice(64, 128)].map(Math.sign));
    alone.pre.forEach((value, i) => {
      const clipped = Math.max(-127 * step, Math.min(127 * step, value));
      assert.ok(Math.abs(pre[i]! * step - clipped) <= step / 2 + 1e-6);
    });
  });

  it('packs signs into bits, row by row', () => {
    const rows = [random('a', 11), random('b', 11)];
    const bits = Buffer.concat(rows.map(packSigns));
    assert.equal(bits.length, 2 * signBytes(11));
    rows.forEach((values, row) =>
      assert.deepEqual([...unpackSigns(bits, row, 11)], [...values].map(Math.sign)),
    );
  });

  it('survives its file form', () => {
    const size = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(size, size, size, fc.boolean(), (t, width, ffn, isMargin) => {
        const before = isMargin ? marginEngram('x', t, 1024, width, ffn) : hebbianEngram('x', t, width, ffn);
        assert.deepEqual(decodeEngram(encodeEngram(before)), before);
      }),
    );
  });

  it('is not read from a damaged file', () => {
    for (const whole of [marginEngram('x', 2), hebbianEngram('x', 2)].map(encodeEngram)) {
      fc.assert(
        fc.property(fc.nat(whole.length - 1), fc.boolean(), (at, cut) => {
          const damaged = Buffer.from(cut ? whole.subarray(0, at) : whole);
          if (!cut) damaged[at] = damaged[at]! ^ 1;
          assert.equal(decodeEngram(damaged), undefined);
        }),
      );
    }
  });
});

describe('engram cache', () => {
  let folder: string;
  const logged: string[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quickfire-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('gives back what was put, and nothing that does not fit', async () => {
    const cache = new EngramCache(join(folder, 'new'), (message) => logged.push(message));
    const before = marginEngram('x');
    await cache.put('key', before);
    assert.deepEqual(await cache.get('key', () => true), before);
    assert.equal(await cache.get('other', () => true), undefined);
    assert.deepEqual(logged, []);
    assert.equal(await cache.get('key', ({ rule }) => rule === 'hebbian'), undefined);
  });

  it('says that a file is damaged', async () => {
    const cache = new EngramCache(folder, (message) => logged.push(message));
    await cache.put('bad', marginEngram('x'));
    const [name = ''] = (await readdir(folder)).filter((file) => file.startsWith('bad'));
    await writeFile(join(folder, name), (await readFile(join(folder, name))).subarray(3));
    assert.equal(await cache.get('bad', () => true), undefined);
    assert.match(logged.at(-1) ?? '', /damaged/);
  });

  it('has another address for another model, configuration, rule, answer or emphasis', () => {
    const fact = { statement: 's', questions: ['q'], answer: 'a' };
    const { config } = new FakeModel();
    const model = { id: 'm', config };
    const asking = { ...config, qf2: { ...config.qf2, prompt: '{system}\n{user}' } };
    const keys = [
      engramKey(fact, model, 'margin'),
      engramKey(fact, { id: 'n', config }, 'margin'),
      engramKey(fact, { id: 'm', config: asking }, 'margin'),
      engramKey(fact, model, 'hebbian'),
      engramKey({ ...fact, answer: 'b' }, model, 'margin'),
      engramKey({ ...fact, emphasis: 1 }, model, 'margin'),
    ];
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(engramKey({ ...fact, emphasis: 0 }, model, 'margin'), keys[0]);
  });
});
