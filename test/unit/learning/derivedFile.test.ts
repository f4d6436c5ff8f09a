import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDerived, removeUnused } from '../../../sidecar/learning/derivedFile';

describe('derived files', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'quickfire-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function put(name: string, daysAgo: number): Promise<string> {
    const path = join(folder, name);
    const then = new Date(Date.now() - daysAgo * 24 * 3_600_000);
    await writeFile(path, name);
    await utimes(path, then, then);
    return path;
  }

  it('are kept while they are used, and deleted when nobody has used them for long', async () => {
    await put('new.engram', 59);
    await put('old.engram', 61);
    await put('old.replay', 61);
    await put('old.txt', 61);
    assert.equal((await readDerived(await put('used.engram', 61)))?.toString(), 'used.engram');
    await removeUnused(folder);
    assert.deepEqual((await readdir(folder)).sort(), ['new.engram', 'old.txt', 'used.engram']);
  });

  it('need not be there', async () => {
    assert.equal(await readDerived(join(folder, 'none.engram')), undefined);
    await removeUnused(join(folder, 'none'));
  });
});
