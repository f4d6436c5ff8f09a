import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FactStore } from '../../../sidecar/facts/store';
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

describe('facts that git merges', () => {
  let folder: string;
  let store: FactStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quickfire-'));
    store = new FactStore(join(folder, '.quickfire', 'facts.jsonl'), 'workspace');
  });
  afterEach(() => rm(folder, { recursive: true, maxRetries: 3 }));

  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=q', '-c', 'user.email=q@localhost', ...args], {
      stdio: 'pipe',
    });

  /** What is loaded, and reported, of the facts `b` and `d` after both sides of a merge have changed them. */
  async function merged(
    ours: (facts: Fact[]) => Fact[],
    theirs: (facts: Fact[]) => Fact[],
  ): Promise<[string[], string[]]> {
    const commit = async (change: (facts: Fact[]) => Fact[]): Promise<void> => {
      await store.update(change);
      git('add', '-A');
      git('commit', '-qm', 'facts');
    };
    git('init', '-q', '-b', 'ours');
    await commit(() => [fact('b'), fact('d')]);
    git('checkout', '-qb', 'theirs');
    await commit(theirs);
    git('checkout', '-q', 'ours');
    await commit(ours);
    git('merge', '-q', 'theirs');
    const { facts, problems } = await store.read();
    return [
      facts.map(({ answer, enabled }) => (enabled ? answer : `(${answer})`)),
      problems.map(({ message }) => message),
    ];
  }

  it('are those of both sides where they lie side by side', async () => {
    const both = await merged(
      (facts) => [...facts, fact('c1')],
      (facts) => [...facts, fact('c2')],
    );
    assert.deepEqual(both, [['b', 'c1', 'c2', 'd'], []]);
  });

  it('are as our side has them where the other side has a neighbour more, and are reported', async () => {
    const both = await merged(
      (facts) => facts.map((one) => (one.id === 'b' ? { ...one, enabled: false } : one)),
      (facts) => [...facts, fact('c')],
    );
    assert.deepEqual(both, [['(b)', 'c', 'd'], ['Duplicate of the fact on line 1.']]);
  });

  it('come back where they were taken out beside what others added', async () => {
    const both = await merged(
      (facts) => facts.filter(({ id }) => id !== 'b'),
      (facts) => [...facts, fact('c')],
    );
    assert.deepEqual(both, [['b', 'c', 'd'], []]);
  });

  it('are of both sides where both have other words for one', async () => {
    const edit = (answer: string) => (facts: Fact[]) =>
      facts.map((one) => (one.id === 'b' ? { ...one, answer } : one));
    const both = await merged(edit('ours'), edit('theirs'));
    assert.deepEqual(both, [['ours', 'theirs', 'd'], []]);
  });

  it('are merged as the user’s own attributes say', async () => {
    const attributes = join(folder, '.quickfire', '.gitattributes');
    await mkdir(join(folder, '.quickfire'));
    await writeFile(attributes, 'mine\n');
    await store.update(() => [fact('a')]);
    assert.equal(await readFile(attributes, 'utf8'), 'mine\n');
    await rm(attributes);
    await store.update(() => [fact('b')]);
    await assert.rejects(readFile(attributes), { code: 'ENOENT' });
  });
});
