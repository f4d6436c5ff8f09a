import assert from 'node:assert/strict';
import { quantile, rate, Tally, wilson } from '../../bench/statistics';

describe('bench statistics', () => {
  it('the Wilson interval is that of the published tables', () => {
    const rounded = (yes: number, of: number): number[] =>
      wilson({ yes, of }).map((bound) => Math.round(bound * 1000) / 1000);
    assert.deepEqual(rounded(10, 10), [0.722, 1]);
    assert.deepEqual(rounded(0, 10), [0, 0.278]);
    assert.deepEqual(rounded(81, 263), [0.255, 0.366]);
    assert.deepEqual(wilson({ yes: 0, of: 0 }), [0, 1]);
  });

  it('a rate of nothing is 0', () => {
    assert.equal(rate({ yes: 0, of: 0 }), 0);
    assert.equal(rate({ yes: 3, of: 4 }), 0.75);
  });

  it('quantiles do not depend on the order', () => {
    assert.equal(quantile([5, 1, 3], 0.5), 3);
    assert.equal(quantile([4, 1, 2, 3], 0.95), 4);
    assert.equal(quantile([], 0.5), 0);
  });

  it('a tally counts each name apart', () => {
    const tally = new Tally<'a' | 'b'>();
    tally.note('a', true);
    tally.note('a', false);
    assert.deepEqual(tally.get('a'), { yes: 1, of: 2 });
    assert.deepEqual(tally.get('b'), { yes: 0, of: 0 });
    assert.deepEqual(JSON.parse(JSON.stringify(tally)), { a: { yes: 1, of: 2 } });
  });
});
