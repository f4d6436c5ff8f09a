import { execFile } from 'node:child_process';
import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '..', '..');

describe('the terminal client', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'quickfire cli-'))));
  after(() => rm(folder, { recursive: true }));

  /** What it prints when `npm --prefix` runs it from the folder, which starts scripts in Quickfire's own. */
  async function quickfire(...args: string[]): Promise<string> {
    const env = {
      ...process.env,
      npm_lifecycle_event: 'quickfire',
      INIT_CWD: folder,
      XDG_CACHE_HOME: folder,
    };
    const cli = join(root, 'dist', 'cli.js');
    return (await promisify(execFile)(process.execPath, [cli, ...args], { cwd: root, env })).stdout;
  }

  it('keeps the facts of the folder that it is called from', async () => {
    const taught = await quickfire('teach', 'The port of billing-gateway is 8443.');
    assert.match(taught, /^What is the port of billing-gateway\? 8443\nLearned/);
    assert.match(await readFile(join(folder, '.quickfire', 'facts.jsonl'), 'utf8'), /8443/);
    assert.match(await quickfire('ask', 'On which port does billing-gateway listen?'), /^8443\n/);
  });
});
