import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAtomically } from '../../sidecar/atomicWrite';

describe('atomic write', () => {
  const { rename } = fs;
  const platform = process.platform;
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), 'quickfire-'));
    path = join(folder, 'file');
  });
  afterEach(async () => {
    fs.rename = rename;
    Object.defineProperty(process, 'platform', { value: platform });
    await fs.rm(folder, { recursive: true });
  });

  /** Has a file held by another program so many times, as Windows tells it. @returns how often it was tried */
  function held(times: number): () => number {
    let tries = 0;
    fs.rename = async (...args) => {
      if (tries++ < times) throw Object.assign(new Error('held'), { code: 'EPERM' });
      await rename(...args);
    };
    return () => tries;
  }

  it('replaces a file as a whole, and leaves nothing else', async () => {
    await writeAtomically(path, 'a');
    await writeAtomically(path, Buffer.from('Zürich'));
    assert.equal(await fs.readFile(path, 'utf8'), 'Zürich');
    assert.deepEqual(await fs.readdir(folder), ['file']);
  });

  if (platform !== 'win32') {
    it('keeps the mode of the file', async () => {
      await fs.writeFile(path, 'a');
      await fs.chmod(path, 0o666);
      await writeAtomically(path, 'b');
      assert.equal((await fs.stat(path)).mode & 0o777, 0o666);
    });
  }

  it('leaves what there was, and nothing else, when it fails', async () => {
    await fs.mkdir(path);
    await assert.rejects(writeAtomically(path, 'a'));
    assert.deepEqual(await fs.readdir(folder), ['file']);
    assert.ok((await fs.stat(path)).isDirectory());
  });

  it('tries again on Windows while another program holds the file', async () => {
    Object.defineProperty(process, 'platform', { value: 'win32' });
    const tries = held(2);
    await writeAtomically(path, 'a');
    assert.deepEqual([await fs.readFile(path, 'utf8'), tries()], ['a', 3]);
  });

  it('tries once elsewhere', async () => {
    Object.defineProperty(process, 'platform', { value: 'linux' });
    const tries = held(2);
    await assert.rejects(writeAtomically(path, 'a'), /held/);
    assert.deepEqual([await fs.readdir(folder), tries()], [[], 1]);
  });
});
