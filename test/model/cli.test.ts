import { execFile } from 'node:child_process';
import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

  it('lists facts, and fails where one is not learned or a line is ignored', async () => {
    const facts = join(folder, 'checked');
    const listed = (): Promise<string> => quickfire('facts', '--facts', facts);
    const statement = 'The port of billing-gateway is 8443.';
    await quickfire('teach', statement, '--facts', facts);
    assert.match(await listed(), /8443/);
    const file = join(facts, 'facts.jsonl');
    const good = await readFile(file, 'utf8');
    await writeFile(file, `${good}oops\n`);
    await assert.rejects(listed(), { code: 1, stderr: /facts\.jsonl:2: Not valid JSON/ });
    await writeFile(file, good.replace(statement, 'word '.repeat(1000)));
    await assert.rejects(listed(), { code: 1, stdout: /Too long for the model: / });
  });

  it('names what was taught where the model abstains', async () => {
    assert.match(
      await quickfire('ask', 'Where is the office of billing-gateway?'),
      /^Need more information\.\n {2}You taught: What is the port of billing-gateway\?\n$/,
    );
  });

  it('takes the answer to a question that is given from the statement, or asks for it', async () => {
    const statement = 'The port of courier-gateway is 8444 and its owner is Ada Lovelace.';
    const taught = await quickfire('teach', statement, '-q', 'What is the port of courier-gateway?');
    assert.match(taught, /gateway\? 8444\nLearned/);
    await assert.rejects(quickfire('teach', statement, '-q', 'Who is it?'), /Pass the answer with -a/);
  });

  it('keeps of what it checks only what was learned', async () => {
    const rows = join(folder, 'rows.tsv');
    await writeFile(
      rows,
      [
        'The port of billing-gateway is 9000.\tWhat is the port of billing-gateway?\t\t9000',
        'The owner of courier is Ada Lovelace.\tWho owns courier?\t\tAda Lovelace',
      ].join('\n'),
    );
    const file = join(folder, '.quickfire', 'facts.jsonl');
    const before = await readFile(file, 'utf8');
    assert.match(await quickfire('check', rows, '--facts', join(folder, '.quickfire')), /recall 50.0 %/);
    const after = await readFile(file, 'utf8');
    const added = after.split('\n').filter((line) => !before.includes(line));
    assert.deepEqual(
      [added.length, (added[0] ?? '').includes('Ada Lovelace'), after.includes('9000')],
      [1, true, false],
    );
  });

  it('forgets everything only where that was confirmed', async () => {
    await assert.rejects(quickfire('forget', '--all'), /needs --yes/);
    assert.match(await quickfire('forget', '--all', '--yes'), /^(Forgot .*\n)+$/);
    assert.match(await quickfire('facts'), /^No facts have been taught yet/);
  });
});
