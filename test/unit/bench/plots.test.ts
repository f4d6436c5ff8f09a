import assert from 'node:assert/strict';
import { chart, type Point } from '../../bench/report/chart';

const line = (series: string, shares: number[]): Point[] =>
  shares.map((y, n) => ({ series, x: 10 ** n, y, low: y - 0.05, high: Math.min(1, y + 0.05) }));

describe('plots of the bench', () => {
  it('are PNG images, twice as wide for two panels, and show their points', async function () {
    this.timeout(60_000); // Vega is large: its modules alone take seconds to load.
    const series = ['margin', 'hebbian'];
    const points = [...line('margin', [1, 0.98, 0.9]), ...line('hebbian', [0.5, 0.2, 0.1])];
    const one = await chart({ panels: [{ title: 'Recall', points }], x: 'facts', log: true, series });
    const panels = ['Recall', 'Locality'].map((title) => ({ title, points }));
    const two = await chart({ panels, x: 'facts', log: true, series });
    const empty = await chart({ panels: [{ title: 'Recall', points: [] }], x: 'facts', log: true, series });
    assert.deepEqual([...one.subarray(1, 4)], [...Buffer.from('PNG')]);
    assert.ok(widthOf(two) > 1.8 * widthOf(one), `${widthOf(two)} for two, ${widthOf(one)} for one`);
    assert.ok(one.length > empty.length * 1.2, 'nothing was drawn');
  });
});

/** Width in the header of a PNG. */
function widthOf(png: Uint8Array): number {
  return Buffer.from(png).readUInt32BE(16);
}
