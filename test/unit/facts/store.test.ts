import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fs, {
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { factId } from '../../../sidecar/facts/id';
import { FactStore } from '../../../sidecar/facts/store';
import { watchFileQuietly } from '../../../sidecar/facts/watch';
import type { Fact } from '../../../sidecar/protocol';

const fact = (id: string, more: Partial<Fact> = {}): Fact => ({
  id,
  statement: `Statement ${id}.`,
  questions: [`Question ${id}?`],
  answer: id,
  scope: 'workspace',
  enabled: true,
  taughtAt: '2026-01-01T00:00:00.000Z',
  ...more,
});

describe('facts store', () => {
  let folder: string;
  let path: string;
  let store: FactStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quickfire-'));
    path = join(folder, '.quickfire', 'facts.jsonl');
    store = new FactStore(path, 'workspace');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const add = (...facts: Fact[]): Promise<unknown> => store.update((held) => [...held, ...facts]);
  const lines = async (): Promise<string[]> => (await readFile(path, 'utf8')).split('\n');

  it('holds nothing where there is no file', async () => {
    const { facts, problems } = await store.read();
    assert.deepEqual([facts, problems], [[], []]);
  });

  it('keeps one line a fact, sorted by id', async () => {
    await add(fact('c'), fact('a'));
    await add(fact('b'));
    assert.deepEqual((await store.read()).facts, [fact('a'), fact('b'), fact('c')]);
    assert.equal((await lines()).length, 4);
  });

  it('reports broken lines by number and keeps them, and their places, untouched', async () => {
    await add(fact('a'), fact('c'));
    const [a = '', c = ''] = await lines();
    const broken = ['{"id": "x", ', '  ', '<<<<<<< HEAD', '{"id":"y","statement":""}'];
    await writeFile(path, [a, ...broken.slice(0, 2), c, ...broken.slice(2), ''].join('\n'));
    const { facts, problems } = await store.read();
    assert.deepEqual(facts, [fact('a'), fact('c')]);
    assert.deepEqual(
      problems.map(({ line }) => line),
      [2, 5, 6],
    );
    assert.match(problems[0]?.message ?? '', /Not valid JSON/);
    assert.match(problems[1]?.message ?? '', /merge conflict/);
    assert.match(problems[2]?.message ?? '', /Not a fact.*statement/);
    await store.update((held) => [...held.filter(({ id }) => id !== 'a'), fact('b')]);
    const after = await lines();
    assert.deepEqual(after, [...broken, JSON.stringify(fact('b')), ''].toSpliced(2, 0, c));
  });

  it('puts no fact between the marks of a conflict, whichever side of it is dropped', async () => {
    await add(fact('a'), fact('c'));
    const [a = '', c = ''] = await lines();
    const marks = ['<<<<<<< HEAD', '||||||| base', '=======', '>>>>>>> theirs'] as const;
    await writeFile(path, [marks[0], a, marks[1], marks[2], c, marks[3], ''].join('\n'));
    const { problems } = await store.read();
    assert.equal(problems.filter(({ message }) => message.includes('merge conflict')).length, 4);
    await add(fact('b'));
    assert.deepEqual((await lines()).slice(-3), [marks[3], JSON.stringify(fact('b')), '']);
  });

  it('keeps fields that it does not know, also when a fact changes', async () => {
    await add(fact('a'));
    const line = JSON.stringify({ note: 'ours', ...fact('a'), tags: [1] });
    await writeFile(path, `${line}\n`);
    await store.update((held) => held.map((one) => ({ ...one, enabled: false })));
    assert.deepEqual(JSON.parse((await lines())[0] ?? ''), {
      note: 'ours',
      tags: [1],
      ...fact('a', { enabled: false }),
    });
  });

  it('does not rewrite a line that did not change, nor a file', async () => {
    const odd = `{ "taughtAt":"2026", ${JSON.stringify(fact('a')).slice(1)}`;
    await add(fact('b'));
    await writeFile(path, `${odd}\n`);
    await add(fact('b'));
    assert.equal((await lines())[0], odd);
    const { ino } = await stat(path);
    await store.update((held) => held);
    assert.equal((await stat(path)).ino, ino);
  });

  it('ends the lines that it writes as the file has them', async () => {
    await add(fact('a'), fact('c'));
    await writeFile(path, (await lines()).join('\r\n'));
    await store.update((held) => [...held.map((one) => ({ ...one, enabled: false })), fact('b')]);
    assert.equal((await readFile(path, 'utf8')).match(/\}\r\n/g)?.length, 3);
    assert.deepEqual(
      (await lines()).filter((line) => !line.endsWith('\r')),
      [''],
    );
  });

  it('ignores a second line with the same id, and says so', async () => {
    await add(fact('a'));
    const [line = ''] = await lines();
    await writeFile(path, `${line}\n${line}\n`);
    const { facts, problems } = await store.read();
    assert.equal(facts.length, 1);
    assert.match(problems[0]?.message ?? '', /Duplicate of the fact on line 1/);
    await add(fact('b'));
    assert.equal((await lines()).filter((text) => text === line).length, 2);
  });

  it('takes a fact out with all lines that have it', async () => {
    await add(fact('a'), fact('b'));
    const [a = '', b = ''] = await lines();
    await writeFile(path, `${a}\n${b}\n${a.replace('2026', '2025')}\n`);
    assert.deepEqual(await store.exchange(new Set(['a']), [fact('c')]), [fact('a')]);
    const { facts, problems } = await store.read();
    assert.deepEqual([facts.map(({ id }) => id), problems], [['b', 'c'], []]);
  });

  it('has a line that was copied and changed as a fact of its own, whatever id it has kept', async () => {
    await add(fact('a'));
    const [a = ''] = await lines();
    const copied = fact('a', { answer: 'b' });
    const own = { ...copied, id: factId(copied) };
    const text = `${a}\n${JSON.stringify(copied)}\n`;
    await writeFile(path, text);
    const { facts, problems } = await store.read();
    assert.deepEqual([facts, problems], [[fact('a'), own], []]);
    await store.update((held) => held);
    assert.equal(await readFile(path, 'utf8'), text);
    assert.deepEqual(await store.exchange(new Set(['a']), []), [fact('a')]);
    await add(fact('a'));
    assert.deepEqual(new Set((await store.read()).facts), new Set([fact('a'), own]));
  });

  it('keeps the fact of a line whose copy above it was changed, also when that one is forgotten', async () => {
    const content = fact('', { answer: 'original' });
    const original = { ...content, id: factId(content) };
    const changed = { ...original, answer: 'changed' };
    await mkdir(join(folder, '.quickfire'));
    await writeFile(path, `${JSON.stringify(changed)}\n${JSON.stringify(original)}\n`);
    const { facts, problems } = await store.read();
    assert.deepEqual([facts.map(({ answer }) => answer), problems], [['changed', 'original'], []]);
    assert.deepEqual(await store.exchange(new Set([original.id]), []), [changed]);
    assert.deepEqual((await store.read()).facts, facts.slice(1));
  });

  it('has both sides of an unresolved conflict, and not what both have changed', async () => {
    await add(fact('a', { answer: 'ours' }), fact('b', { answer: 'old' }), fact('c', { answer: 'theirs' }));
    const [ours = '', old = '', theirs = ''] = await lines();
    const text = ['<<<<<<< ours', ours, '||||||| base', old, '=======', theirs, '>>>>>>> theirs', ''].join(
      '\n',
    );
    await writeFile(path, text);
    const { facts, problems } = await store.read();
    assert.deepEqual(
      facts.map(({ answer }) => answer),
      ['ours', 'theirs'],
    );
    assert.equal(problems.length, 4);
    await store.update((held) => held);
    assert.equal(await readFile(path, 'utf8'), text);
  });

  it('leaves no fact out for a mark that a conflict has left behind', async () => {
    await add(fact('a'), fact('b'));
    const [a = '', b = ''] = await lines();
    for (const text of [
      ['||||||| base', a, b],
      ['<<<<<<< ours', a, '||||||| base', b],
      ['||||||| base', a, '=======', b],
    ]) {
      await writeFile(path, text.join('\n'));
      assert.equal((await store.read()).facts.length, 2, text.join('|'));
    }
  });

  it('has no ancestor of an ancestor either', async () => {
    await add(fact('a'), fact('b'), fact('c'));
    const [a = '', b = '', c = ''] = await lines();
    const inner = ['<<<<<<<<< x', b, '|||||||||', c, '=========', b, '>>>>>>>>> y'];
    await writeFile(
      path,
      ['<<<<<<< ours', '||||||| base', ...inner, '=======', a, '>>>>>>> theirs'].join('\n'),
    );
    assert.deepEqual((await store.read()).facts, [fact('a')]);
  });

  it('says which file to delete where a lock does not end', async () => {
    await add(fact('a'));
    const ahead = new Date(Date.now() + 3_600_000);
    await mkdir(`${path}.lock`);
    await utimes(`${path}.lock`, ahead, ahead);
    const impatient = new FactStore(path, 'workspace', () => undefined, { retries: 0 });
    await assert.rejects(
      impatient.update((held) => held),
      /is locked by another program\. If no program is using it, delete .*facts\.jsonl\.lock\.$/,
    );
  });

  it('says so where its folder is read-only', async () => {
    const { mkdir: make } = fs;
    fs.mkdir = (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { code: 'EROFS' }));
    try {
      await assert.rejects(add(fact('a')), /facts\.jsonl cannot be written \(EROFS\).* may be read-only\.$/);
    } finally {
      fs.mkdir = make;
    }
  });

  it('reads a file with a byte order mark, and leaves one in another encoding as it is', async () => {
    await add(fact('a', { answer: 'Zürich' }));
    const text = await readFile(path, 'utf8');
    await writeFile(path, `\uFEFF${text}`);
    assert.deepEqual((await store.read()).facts, [fact('a', { answer: 'Zürich' })]);

    const latin1 = Buffer.from(text, 'latin1');
    await writeFile(path, latin1);
    await assert.rejects(store.read(), /not UTF-8 text\. Save it as UTF-8\.$/);
    await assert.rejects(add(fact('b')), /not UTF-8/);
    assert.deepEqual(await readFile(path), latin1);
  });

  it('gives every fact the scope of its file', async () => {
    await add(fact('a', { scope: 'user' }));
    assert.equal((await store.read()).facts[0]?.scope, 'workspace');
  });

  it('loses nothing when stores in one process change it at once', async () => {
    const names = Array.from({ length: 20 }, (_, n) => `f${String(n).padStart(2, '0')}`);
    await Promise.all(
      names.map((name) => new FactStore(path, 'workspace').update((held) => [...held, fact(name)])),
    );
    assert.deepEqual(
      (await store.read()).facts.map(({ id }) => id),
      names,
    );
  });

  it('loses nothing when several processes change it at once', async () => {
    const script = join(__dirname, 'addFacts.ts');
    const run = promisify(execFile);
    await Promise.all(
      ['p', 'q'].map((name) => run(process.execPath, ['--import', 'tsx', script, path, name, '10'])),
    );
    const { facts, problems } = await store.read();
    assert.deepEqual([facts.length, problems.length], [20, 0]);
    assert.deepEqual((await readdir(join(folder, '.quickfire'))).sort(), ['.gitattributes', 'facts.jsonl']);
  });

  it('loses nothing where the file is changed by its own name and by a link to it', async () => {
    await add(fact('a'));
    const link = join(folder, 'link.jsonl');
    await symlink(path, link);
    const linked = new FactStore(link, 'workspace');
    const adding = (to: FactStore, name: string): Promise<unknown> =>
      to.update((held) => [...held, fact(name)]);
    await Promise.all(['b', 'c', 'd', 'e'].map((name, n) => adding(n % 2 === 0 ? store : linked, name)));
    assert.equal((await store.read()).facts.length, 5);
    assert.ok((await lstat(link)).isSymbolicLink());
    assert.deepEqual((await readdir(folder)).sort(), ['.quickfire', 'link.jsonl']);
  });

  it('leaves the file as it was when a change fails', async () => {
    await add(fact('a'));
    const before = await lines();
    await assert.rejects(
      store.update(() => {
        throw new Error('no');
      }),
      /no/,
    );
    assert.deepEqual(await lines(), before);
    await add(fact('b'));
  });

  it('notices changes by others, once they are complete', async () => {
    await add(fact('a'));
    const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    const seen: string[] = [];
    const stop = watchFileQuietly(path, () => seen.push(readFileSync(path, 'utf8')), 20, 1000);
    try {
      await pause(40);
      await add(fact('b'));
      await pause(60);
      await add(fact('c'));
      for (let waited = 0; seen.length === 0 && waited < 5000; waited += 20) await pause(20);
      await pause(1200);
    } finally {
      stop();
    }
    assert.deepEqual(
      seen.map((content) => content.trim().split('\n').length),
      [3],
    );
  });
});

describe('fact id', () => {
  it('is short, and follows what the fact says', () => {
    const id = factId(fact('a'));
    assert.match(id, /^[0-9a-f]{12}$/);
    assert.equal(factId({ ...fact('a', { enabled: false }) }), id);
    assert.notEqual(factId(fact('a', { answer: 'b' })), id);
    assert.notEqual(factId(fact('a', { scope: 'user' })), id);
  });
});
