import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { factId } from '../../../sidecar/facts/id';
import { InitializationOptions, type Fact } from '../../../sidecar/protocol';
import type { Params } from '../../../sidecar/server/handlers';
import { Service } from '../../../sidecar/server/service';
import { replaceFile } from '../../replaceFile';
import { FakeModel } from '../learning/fakeModel';

const never = new AbortController().signal;

/** A fact of who owns what. */
function owned(subject: string, answer: string, more: Partial<Fact> = {}): Fact {
  const content = {
    statement: `The owner of ${subject} is ${answer}.`,
    questions: [`Who owns ${subject}?`],
    answer,
    scope: 'workspace' as const,
  };
  return {
    id: factId(content),
    ...content,
    enabled: true,
    taughtAt: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

function teaching(
  { statement, questions, answer, scope }: Fact,
  more: Partial<Params<'teach'>> = {},
): Params<'teach'> {
  return { teachId: 't', statement, questions, answer, scope, supersedes: [], ...more };
}

describe('service', () => {
  let folder: string;
  let file: string;
  let meanwhile: (() => Promise<void>) | undefined;
  let services: Service[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quickfire-'));
    file = join(folder, '.quickfire', 'facts.jsonl');
    await mkdir(dirname(file));
    meanwhile = undefined;
    services = [];
  });
  afterEach(async () => {
    await Promise.all(services.map((service) => service.dispose()));
    await rm(folder, { recursive: true, maxRetries: 3 });
  });

  /** Does what is in `meanwhile` before the model's next step, once. */
  async function wait(): Promise<void> {
    const step = meanwhile;
    meanwhile = undefined;
    await step?.();
  }

  function open(model = new FakeModel({ wait })): Service {
    const options = InitializationOptions.parse({
      modelDir: 'fake',
      workspaceFacts: file,
      cacheDir: join(folder, 'cache'),
      idleConsolidationMs: 0,
    });
    const events = { notify: () => undefined, log: () => undefined };
    const service = new Service(options, () => Promise.resolve(model), events);
    services.push(service);
    return service;
  }

  const write = (...facts: Fact[]): Promise<void> =>
    replaceFile(file, facts.map((fact) => `${JSON.stringify(fact)}\n`).join(''));
  const answerTo = async (service: Service, subject: string): Promise<string> =>
    (await service.ask({ askId: 'a', question: `Who owns ${subject}?`, untaught: false }, never)).answer;
  const listed = async (service: Service): Promise<[string, boolean][]> =>
    (await service.listFacts()).map(({ answer, enabled }): [string, boolean] => [answer, enabled]).sort();

  it('lists the facts and tells of them as soon as it is asked', async () => {
    await write(owned('Xalor', 'Ada'));
    const service = open();
    assert.equal((await service.listFacts()).length, 1);
    assert.equal((await service.status()).facts, 1);
  });

  it('tells disabled facts from those that are missing', async () => {
    await write(owned('Xalor', 'Ada'), owned('Brent', 'Bob', { enabled: false }));
    const service = open();
    await service.whenReady();
    const { facts, learned, disabled } = await service.status();
    assert.deepEqual([facts, learned, disabled], [2, 1, 1]);
  });

  it('names the taught questions that are near where it abstains, of the facts that are held', async () => {
    await write(owned('Xalor', 'Ada'), owned('Brent', 'Bob', { enabled: false }));
    const service = open();
    const similar = async (question: string, untaught = false): Promise<string[]> =>
      (await service.ask({ askId: 'a', question, untaught }, never)).similar;
    assert.deepEqual(await similar('Whose is Xalor?'), ['Who owns Xalor?']);
    assert.deepEqual(await similar('Whose is Brent?'), []);
    assert.deepEqual(await similar('Who owns Xalor?'), [], 'it is answered');
    assert.deepEqual(await similar('Whose is Xalor?', true), [], 'who was taught nothing');
  });

  it('leaves a line that was edited by hand alone when what it said before is taught again', async () => {
    const ada = owned('Xalor', 'Ada');
    await write({ ...owned('Brent', 'Bob'), id: ada.id });
    const service = open();
    const report = await service.teach(teaching(ada), never);
    assert.equal(report.learned, true);
    assert.deepEqual(await listed(service), [
      ['Ada', true],
      ['Bob', true],
    ]);
    assert.deepEqual([await answerTo(service, 'Xalor'), await answerTo(service, 'Brent')], ['Ada', 'Bob']);
  });

  it('reports a fact as not learned that another one contradicts by then', async () => {
    const service = open();
    await service.whenReady();
    const older = owned('Xalor', 'Bob');
    meanwhile = () => write(older);
    const report = await service.teach(teaching(owned('Xalor', 'Ada')), never);
    assert.deepEqual([report.learned, report.conflict?.factId, report.fact], [false, older.id, undefined]);
    assert.deepEqual(await listed(service), [['Bob', true]]);
    assert.equal(await answerTo(service, 'Xalor'), 'Bob');
  });

  it('does not put back a superseded fact that was forgotten elsewhere meanwhile', async () => {
    const old = owned('Xalor', 'Bob');
    await write(old);
    const service = open();
    await service.whenReady();
    meanwhile = () => write();
    await service.teach(teaching(owned('Xalor', 'Ada'), { supersedes: [old.id] }), never);
    assert.deepEqual(await listed(service), [['Ada', true]]);
  });

  it('refuses the edit of a fact that is gone', async () => {
    const service = open();
    const gone = owned('Xalor', 'Bob').id;
    await assert.rejects(
      service.teach(teaching(owned('Xalor', 'Ada'), { replaces: gone }), never),
      /may have been forgotten in another window/,
    );
    assert.deepEqual(await listed(service), []);
  });

  it('has a consolidation again at the next start that asked more of the facts’ kind', async () => {
    const names = ['Xalor', 'Brent', 'Zed', 'Quill', 'Tarvis'];
    await write(...names.map((name, n) => owned(name, ['Ada', 'Bob', 'Eve'][n % 3] ?? '')));
    const controls = [{ question: 'What is it?', answer: 'Need more information.' }];
    const recorded: string[] = [];
    class Listening extends FakeModel {
      override record(...args: Parameters<FakeModel['record']>): ReturnType<FakeModel['record']> {
        recorded.push(args[0].user);
        return super.record(...args);
      }
    }
    const service = open(new Listening({ controls }));
    assert.equal((await service.consolidate({}, never)).outcome, 'kept');
    const others = recorded.filter((user) => !names.some((name) => user.includes(name)));
    assert.ok(others.filter((user) => user.startsWith('Who owns ')).length >= 8);
    await service.dispose();
    const model = new FakeModel({ controls });
    const later = open(model);
    await later.whenReady();
    assert.deepEqual([model.recordings, (await later.memory()).consolidation], [0, 'done']);
  });

  it('forgets those of several facts that are still there', async () => {
    const [ada, bob, eve] = [owned('Xalor', 'Ada'), owned('Brent', 'Bob'), owned('Zed', 'Eve')];
    await write(ada, eve);
    const service = open();
    const forgotten = await service.forgetFacts({ ids: [ada.id, bob.id] });
    assert.deepEqual(
      forgotten.map(({ id }) => id),
      [ada.id],
    );
    assert.deepEqual(await listed(service), [['Eve', true]]);
  });

  it('disables and enables several facts at once, but none where two of them contradict each other', async () => {
    const [ada, bob, eve] = [owned('Xalor', 'Ada'), owned('Brent', 'Bob'), owned('Xalor', 'Eve')];
    await write(ada, bob, { ...eve, enabled: false });
    const service = open();
    const enable = (enabled: boolean, ...facts: Fact[]): ReturnType<Service['setFactsEnabled']> =>
      service.setFactsEnabled({ ids: facts.map(({ id }) => id), enabled });
    const learned = (states: Awaited<ReturnType<typeof enable>>): boolean[] =>
      states.map((state) => state.learned);
    assert.deepEqual(learned(await enable(false, ada, bob)), [false, false]);
    await assert.rejects(enable(true, ada, bob, eve), /“Who owns Xalor\?” with/);
    assert.ok((await service.listFacts()).every(({ enabled }) => !enabled));
    assert.deepEqual(learned(await enable(true, ada, bob)), [true, true]);
    assert.equal(await answerTo(service, 'Brent'), 'Bob');
  });

  it('learns the others where one cannot be recorded, and says why', async () => {
    class Failing extends FakeModel {
      override record(...args: Parameters<FakeModel['record']>): ReturnType<FakeModel['record']> {
        if (args[0].user.includes('Brent')) return Promise.reject(new RangeError('bad allocation'));
        return super.record(...args);
      }
    }
    await write(owned('Brent', 'Bob'), owned('Xalor', 'Ada'));
    const service = open(new Failing());
    await service.whenReady();
    const facts = await service.listFacts();
    assert.deepEqual(facts.map(({ answer, learned, problem }) => [answer, learned, problem]).sort(), [
      ['Ada', true, undefined],
      ['Bob', false, 'bad allocation'],
    ]);
  });

  it('drafts, asks the untaught model, and takes a teaching back while it learns its facts', async () => {
    await write(owned('Brent', 'Bob'));
    let go = (): void => undefined;
    const stopped = new Promise<void>((resolve) => {
      meanwhile = () => {
        resolve();
        return new Promise((end) => (go = end));
      };
    });
    const service = open();
    await stopped;
    const { answer } = await service.draft({ statement: 'The owner of Xalor is Ada.' }, never);
    assert.equal(answer, 'Ada');
    const asked = await service.ask({ askId: 'a', question: 'Who owns Xalor?', untaught: true }, never);
    assert.equal(asked.abstained, true);
    const taking = new AbortController();
    const taught = service.teach(teaching(owned('Xalor', 'Ada')), taking.signal);
    taking.abort(new Error('taken back'));
    await assert.rejects(taught, /taken back/);
    go();
    await service.whenReady();
    assert.deepEqual(await listed(service), [['Bob', true]]);
  });

  it('reads a statement whose letters are decomposed as it is told apart', async () => {
    const cafe = owned('Xalor', 'Café');
    await write({ ...cafe, statement: cafe.statement.normalize('NFD') });
    const recorded: string[] = [];
    class Reading extends FakeModel {
      override record(...args: Parameters<FakeModel['record']>): ReturnType<FakeModel['record']> {
        recorded.push(args[0].system);
        return super.record(...args);
      }
    }
    const service = open(new Reading());
    await service.whenReady();
    assert.ok(recorded.includes(cafe.statement.normalize('NFC')));
  });
});
