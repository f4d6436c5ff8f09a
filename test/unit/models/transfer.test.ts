import assert from 'node:assert/strict';
import { sizeText, Transfer } from '../../../src/models/transfer';

describe('transfer', () => {
  it('tells amount, speed and time left', () => {
    const transfer = new Transfer();
    assert.equal(transfer.describe(0, 2e9, 0), '0 KB of 2.0 GB');
    assert.equal(transfer.describe(50e6, 2e9, 2000), '50 MB of 2.0 GB, 25 MB/s, 2 min left');
    assert.equal(transfer.describe(1.9e9, 2e9, 2500), '1.9 GB of 2.0 GB, 760 MB/s, 1 s left');
  });

  it('does not count what was there before as speed', () => {
    const transfer = new Transfer();
    transfer.describe(1e9, 2e9, 0);
    assert.equal(transfer.describe(1.01e9, 2e9, 1000), '1.0 GB of 2.0 GB, 10 MB/s, 2 min left');
  });

  it('forgets the speed of long ago, and does not guess while nothing comes', () => {
    const transfer = new Transfer();
    transfer.describe(0, 1e9, 0);
    transfer.describe(500e6, 1e9, 1000);
    assert.equal(transfer.describe(500e6, 1e9, 6500), '500 MB of 1.0 GB');
    assert.equal(transfer.describe(501e6, 1e9, 7500), '501 MB of 1.0 GB, 1 MB/s, 9 min left');
  });

  it('writes sizes in the unit that fits', () => {
    assert.deepEqual([1500, 999e6, 1e9, 3.14e9].map(sizeText), ['2 KB', '999 MB', '1.0 GB', '3.1 GB']);
  });
});
