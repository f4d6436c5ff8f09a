import assert from 'node:assert/strict';
import { changeOf, decodeFiring, summarize, summaryText } from '../../../src/details/firing';

const encode = (...values: number[]): string => Buffer.from(values).toString('base64');

describe('the firing picture', () => {
  const firing = decodeFiring({
    factId: 'a',
    before: encode(0, 255, 0, 255, 10, 0, 0, 127),
    after: encode(255, 0, 0, 255, 90, 0, 0, 127),
    target: encode(255, 0, 0, 255, 0, 0, 255, 128),
  });

  it('is read as one value a neuron', () => {
    assert.deepEqual([...firing.before], [0, 255, 0, 255, 10, 0, 0, 127]);
  });

  it('counts neurons that fire differently, not those that only weaken', () => {
    const summary = { neurons: 8, changed: 2, reachedBefore: 50, reached: 75 };
    assert.deepEqual(summarize(firing), summary);
    assert.equal(
      summaryText(summary),
      '2 of 8 neurons fire differently; 75 % match the target (50 % before).',
    );
  });

  it('says 100 % only when every neuron is as wanted', () => {
    const almost = new Uint8Array(1000).fill(255, 0, 1);
    const none = new Uint8Array(1000);
    assert.equal(summarize({ before: none, after: none, target: almost }).reached, 99);
  });

  it('tells what began to fire from what fell silent', () => {
    assert.deepEqual(
      [changeOf(0, 128), changeOf(128, 0), changeOf(0, 127), changeOf(200, 255)],
      ['began', 'fell', 'same', 'same'],
    );
  });
});
