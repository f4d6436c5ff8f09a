import assert from 'node:assert/strict';
import { parseConfig } from '../../../sidecar/engine/config';
import { KvCache } from '../../../sidecar/engine/kvCache';
import { configOf, tiny } from '../../model/engine/randomModel';

describe('key/value cache', () => {
  const config = parseConfig(configOf(tiny), '');
  const width = 16;
  const rows = (count: number, value: number) =>
    Array.from({ length: tiny.layers }, (_, i) => ({
      key: new Float32Array(count * width).fill(value + i),
      value: new Float32Array(count * width).fill(-value - i),
    }));

  it('keeps rows in order behind the dummy, also when it grows', () => {
    const cache = new KvCache(config);
    cache.append(2, rows(2, 10));
    cache.append(300, rows(300, 20));
    assert.equal(cache.length, 302);
    assert.equal(cache.rows, 303);
    const view = cache.views()[1]!;
    assert.equal(view.key.length, 303 * width);
    assert.deepEqual([view.key[0], view.key[width], view.key[3 * width]], [0, 11, 21]);
    assert.equal(view.value.at(-1), -21);
  });
});
