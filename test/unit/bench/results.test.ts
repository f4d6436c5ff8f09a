import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions } from '../../bench/options';
import type { LearningRow } from '../../bench/parts/rows';
import { report } from '../../bench/report/report';
import { Results } from '../../bench/results';
import { allSystems } from '../../bench/systems/all';
import { CONSOLIDATED, SYSTEMS, WHOLE_PROMPT } from '../../bench/systems/names';
import { Untaught } from '../../bench/untaught';
import { writeTo } from '../../bench/writeTo';
import { EngramCache } from '../../../sidecar/learning/engramCache';
import { FakeModel } from '../learning/fakeModel';

const row = (system: string, facts: number, yes: number): LearningRow => ({
  key: `${system} ${facts}`,
  system,
  facts,
  draws: 3,
  measures: { recall: { yes, of: 100 }, recallBound: { yes: 96, of: 100 } },
});

describe('results of the bench', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quickfire-'));
    file = join(folder, 'out', 'learning.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are kept for a later run, whose rows take the place of earlier ones', async () => {
    await new Results(file, 'nano').put('learning', row(CONSOLIDATED, 10, 50));
    const later = new Results(file, 'nano');
    await later.put('learning', row(CONSOLIDATED, 10, 90));
    await later.put('learning', row(CONSOLIDATED, 100, 80));
    const { learning } = new Results(file, 'nano').findings;
    assert.deepEqual(
      learning.map(({ facts, measures }) => [facts, measures.recall?.yes]),
      [
        [10, 90],
        [100, 80],
      ],
    );
  });

  it('of two runs at a time do not lose each other', async () => {
    const [one, two] = [new Results(file, 'nano'), new Results(file, 'nano')];
    await Promise.all([
      one.put('learning', row(CONSOLIDATED, 10, 50)),
      two.put('learning', row(WHOLE_PROMPT, 10, 20)),
    ]);
    assert.equal(one.findings.learning.length, 2);
  });

  it('are written to a folder that is not there yet', async () => {
    const report = join(folder, 'new', 'folder', 'report.md');
    await writeTo(report, 'one');
    await writeTo(report, 'two');
    assert.equal(await readFile(report, 'utf8'), 'two');
  });

  it('of another model are left alone', async () => {
    await new Results(file, 'nano').put('learning', row(CONSOLIDATED, 10, 50));
    assert.throws(() => new Results(file, 'other'), /another model/);
    assert.equal(new Results(file, 'nano').findings.learning.length, 1);
  });

  it('are reported with their interval, their share of the bound, and what fitted the prompt', async () => {
    const results = new Results(file, 'nano');
    await results.put('learning', row(CONSOLIDATED, 100, 48));
    await results.put('learning', { ...row(WHOLE_PROMPT, 100, 20), held: 17 });
    const text = report(results.findings);
    assert.match(text, /\| 100 +\| 3 +\| 100 +\| 48\.0 % \(38–58\) \| 50\.0 % /);
    assert.match(text, /20\.0 % \(13–29\), 17 fit/);
    assert.doesNotMatch(text, /Retention|Exactness|NaN|undefined/);
  });

  it('of free text have intervals of the texts, however often each was asked', async () => {
    const results = new Results(file, 'nano');
    const draft = { yes: 48, of: 100 };
    const asked = { yes: 144, of: 300 };
    await results.put('freetext', {
      key: 'dev all',
      kind: 'all',
      facts: 100,
      measures: {
        draft,
        inPrompt: draft,
        recall: asked,
        paraphraseInPrompt: { yes: 25, of: 50 },
        paraphrase: { yes: 72, of: 150 },
      },
    });
    const cells = report(results.findings)
      .split('\n')
      .at(-2)
      ?.split(/ *\| */);
    assert.deepEqual(
      [3, 6, 8].map((column) => cells?.[column]),
      ['48.0 % (38–58)', '48.0 % (38–58)', '48.0 % (35–61)'],
    );
  });
});

describe('options of the bench', () => {
  it('have defaults, and say what is wrong', () => {
    assert.deepEqual(readOptions([]).facts, [1, 10, 30, 100, 300, 1000]);
    assert.deepEqual(readOptions(['--parts', '']).parts, []);
    assert.throws(() => readOptions(['--parts', 'recal']), /--parts knows learning/);
    assert.throws(() => readOptions(['--facts', '10,x']), /--facts.*"x"/);
    assert.throws(() => readOptions(['--rates', '0']), /--rates.*"0"/);
  });

  it('take whole numbers for what is counted', () => {
    for (const name of ['facts', 'draws', 'singles', 'asked', 'controls', 'session', 'timed', 'seed']) {
      assert.throws(() => readOptions([`--${name}`, '2.5']), new RegExp(`--${name} takes whole .*"2.5"`));
    }
    assert.deepEqual(readOptions(['--rates', '0.5']).rates, [0.5]);
  });

  it('know the systems that can be compared', () => {
    const { systems } = readOptions(['--systems', `${CONSOLIDATED}; ${WHOLE_PROMPT}`]);
    assert.deepEqual(systems, [CONSOLIDATED, WHOLE_PROMPT]);
    assert.deepEqual(readOptions([]).systems, []);
    assert.throws(() => readOptions(['--systems', 'margin consolidated']), /margin, at once; margin, consol/);
    const lacking = ['--systems', 'consolidated without QFt-T'];
    assert.throws(() => readOptions(lacking), /--without-qft-t FOLDER/);
    assert.equal(readOptions([...lacking, '--without-qft-t', 'trunk']).systems.length, 1);
  });

  it('name every system that there is', () => {
    const untaught = new Untaught(new FakeModel());
    const cache = new EngramCache(undefined, () => undefined);
    const search = { rates: [], items: [], controls: [] };
    const names = allSystems(untaught, untaught, cache, search).map(({ name }) => name);
    assert.deepEqual([...names].sort(), [...SYSTEMS].sort());
  });
});
