import assert from 'node:assert/strict';
import { byAge, forgettingOf } from '../../bench/parts/retention';
import type { Count } from '../../bench/statistics';

const of10 = (...recalled: number[]): Count[] => recalled.map((yes) => ({ yes, of: 10 }));
/** Rows from the first cohort on, each from its own teaching on. */
const matrix = [of10(10, 8, 9), of10(9, 9), of10(7)];

describe('the retention matrix of the bench', () => {
  it('forgets what a cohort lost since it was best, the last cohort aside', () => {
    assert.ok(Math.abs(forgettingOf(matrix) - 0.05) < 1e-9);
    assert.equal(forgettingOf([of10(4)]), 0);
  });

  it('pools facts of one age', () => {
    assert.deepEqual(byAge(matrix), [
      { yes: 26, of: 30 },
      { yes: 17, of: 20 },
      { yes: 9, of: 10 },
    ]);
  });
});
