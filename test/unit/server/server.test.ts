import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import {
  createConnection,
  CancellationTokenSource,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-languageserver/node';
import type { z } from 'zod';
import { ModelError } from '../../../sidecar/engine/errors';
import { factId } from '../../../sidecar/facts/id';
import { joinLines, replaceFacts } from '../../../sidecar/facts/lines';
import { Notifications, Requests, type Fact, type Status } from '../../../sidecar/protocol';
import { serve } from '../../../sidecar/server/connection';
import type { LoadModel } from '../../../sidecar/server/service';
import { replaceFile } from '../../replaceFile';
import { FakeModel } from '../learning/fakeModel';

/** Most that is waited for anything: a loop that went on would keep the process from ending. */
const LONGEST_MS = 15_000;

type Name = keyof typeof Requests;

/** A client and a server in this process, over two streams. */
class Client {
  readonly seen: { method: string; params: unknown }[] = [];
  private readonly connection: MessageConnection;

  constructor(readonly load: LoadModel) {
    const [up, down] = [new PassThrough(), new PassThrough()];
    const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
    serve(server, load);
    server.listen();
    this.connection = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    for (const { method } of Object.values(Notifications)) {
      this.connection.onNotification(method, (params: unknown) => void this.seen.push({ method, params }));
    }
    this.connection.listen();
  }

  initialize(options: unknown): Promise<unknown> {
    return this.connection.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
      initializationOptions: options,
    });
  }

  async request<K extends Name>(
    name: K,
    params: z.input<(typeof Requests)[K]['params']>,
    token?: CancellationTokenSource,
  ): Promise<z.output<(typeof Requests)[K]['result']>> {
    const raw = await this.connection.sendRequest<unknown>(
      Requests[name].method,
      params,
      ...(token ? [token.token] : []),
    );
    return Requests[name].result.parse(raw) as z.output<(typeof Requests)[K]['result']>;
  }

  raw(method: string, params: unknown): Promise<unknown> {
    return this.connection.sendRequest(method, params);
  }

  /** The parameters of all notifications of a kind so far, parsed. */
  notified<K extends keyof typeof Notifications>(name: K): z.output<(typeof Notifications)[K]['params']>[] {
    return this.seen
      .filter(({ method }) => method === Notifications[name].method)
      .map(
        ({ params }) =>
          Notifications[name].params.parse(params) as z.output<(typeof Notifications)[K]['params']>,
      );
  }

  async until(condition: () => boolean): Promise<void> {
    for (const end = Date.now() + LONGEST_MS; !condition();) {
      if (Date.now() > end) throw new Error(`Waited ${LONGEST_MS} ms in vain for: ${String(condition)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Waits for a status with this health. */
  async health(health: Status['health']): Promise<Status> {
    await this.until(() => this.notified('statusChanged').at(-1)?.health === health);
    return this.request('status', {});
  }

  async close(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    this.connection.dispose();
  }
}

const OWNER = {
  teachId: 't',
  statement: 'The owner of Xalor is Ada.',
  questions: ['Who owns Xalor?'],
  answer: 'Ada',
  scope: 'workspace' as const,
};

describe('server', () => {
  let folder: string;
  let options: {
    modelDir: string;
    workspaceFacts: string;
    userFacts: string;
    cacheDir: string;
    idleConsolidationMs?: number;
    executionProvider?: string;
  };
  let clients: Client[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quickfire-'));
    clients = [];
    options = {
      modelDir: join(folder, 'nano'),
      workspaceFacts: join(folder, 'ws', 'facts.jsonl'),
      userFacts: join(folder, 'user', 'facts.jsonl'),
      cacheDir: join(folder, 'cache'),
    };
  });
  afterEach(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await rm(folder, { recursive: true, maxRetries: 3 });
  });

  function open(load: LoadModel = () => Promise.resolve(new FakeModel())): Client {
    const client = new Client(load);
    clients.push(client);
    return client;
  }

  async function start(load?: LoadModel): Promise<Client> {
    const client = open(load);
    await client.initialize(options);
    return client;
  }

  it('drafts, teaches, answers, lists, disables, forgets and restores', async () => {
    const client = await start();
    const draft = await client.request('draft', { statement: '// The owner of Xalor is Ada.' });
    assert.deepEqual(draft.questions, ['Who is the owner of Xalor?']);
    const report = await client.request('teach', { ...OWNER, questions: draft.questions });
    assert.equal(report.learned, true);
    const phases = client.notified('teachProgress').map(({ phase }) => phase);
    assert.deepEqual([...new Set(phases)], ['instruct', 'update', 'consolidate', 'verify']);
    const id = report.fact?.id ?? '';

    const question = 'Who is the owner of Xalor?';
    const asked = await client.request('ask', { askId: '1', question });
    assert.deepEqual(
      [asked.answer, asked.abstained, asked.fired],
      ['Ada', false, [{ factId: id, strength: 1 }]],
    );
    assert.deepEqual(client.notified('askToken'), [{ askId: '1', text: 'Ada' }]);
    assert.equal((await client.request('ask', { askId: '2', question, untaught: true })).abstained, true);
    assert.equal((await client.request('listFacts', {}))[0]?.learned, true);

    assert.equal((await client.request('setFactsEnabled', { ids: [id], enabled: false }))[0]?.learned, false);
    assert.equal((await client.request('ask', { askId: '3', question })).abstained, true);
    await client.request('setFactsEnabled', { ids: [id], enabled: true });
    const forgotten = await client.request('forgetFacts', { ids: [id] });
    assert.deepEqual(await client.request('listFacts', {}), []);
    assert.equal((await client.request('restoreFacts', { facts: forgotten }))[0]?.learned, true);
    assert.equal((await client.request('ask', { askId: '4', question })).answer, 'Ada');
    assert.deepEqual(
      client
        .notified('factsChanged')
        .at(-1)
        ?.map((fact) => fact.id),
      [id],
    );
  });

  it('re-learns at start from the engram cache, and records again what is damaged', async () => {
    const first = await start();
    const { fact } = await first.request('teach', OWNER);
    const model = new FakeModel();
    const second = await start(() => Promise.resolve(model));
    assert.equal((await second.health('ok')).learned, 1);
    assert.equal(model.recordings, 0);
    assert.equal((await second.request('ask', { askId: '1', question: 'Who owns Xalor?' })).answer, 'Ada');

    for (const name of await readdir(options.cacheDir)) {
      await writeFile(join(options.cacheDir, name), 'garbage');
    }
    const third = await start();
    assert.equal((await third.request('ask', { askId: '1', question: 'Who owns Xalor?' })).answer, 'Ada');
    assert.equal((await third.request('status', {})).health, 'ok');
    assert.equal((await third.request('listFacts', {}))[0]?.id, fact?.id);
  });

  it('edits: the new fact takes the old one’s place, or the old one stays', async () => {
    const client = await start();
    const { fact } = await client.request('teach', OWNER);
    const replaces = fact?.id ?? '';
    const failed = await client.request('teach', { ...OWNER, answer: 'Nobody', replaces });
    assert.equal(failed.learned, false);
    assert.equal((await client.request('listFacts', {}))[0]?.id, replaces);
    const edited = { ...OWNER, statement: 'The owner of Xalor is Eve.', answer: 'Eve', replaces };
    assert.equal((await client.request('teach', edited)).learned, true);
    assert.deepEqual(
      (await client.request('listFacts', {})).map(({ answer }) => answer),
      ['Eve'],
    );
  });

  it('follows the facts file when others change it', async () => {
    const [here, there] = [await start(), await start()];
    await here.request('teach', OWNER);
    await there.until(() => there.notified('factsChanged').at(-1)?.[0]?.learned === true);
    assert.equal((await there.request('ask', { askId: '1', question: 'Who owns Xalor?' })).answer, 'Ada');
  });

  it('names a broken line of the facts file, keeps it, and loads the rest', async () => {
    const first = await start();
    await first.request('teach', OWNER);
    const path = options.workspaceFacts;
    await writeFile(path, `oops\n${await readFile(path, 'utf8')}`);
    const client = await start();
    const status = await client.health('warning');
    assert.deepEqual([status.learned, status.problems[0]?.line, status.problems[0]?.file], [1, 1, path]);
    assert.match(status.message ?? '', /1 line in the facts files is ignored/);
    await client.request('forgetFacts', { ids: (await client.request('listFacts', {})).map(({ id }) => id) });
    assert.equal(await readFile(path, 'utf8'), 'oops\n');
  });

  it('has the model loaded on the wished provider, by default the best one, and says which was refused', async () => {
    const wished: unknown[] = [];
    const load: LoadModel = (_, { executionProvider, log }) => {
      const problem = "webgpu rejected: its logits differ by 3.2 from the CPU's";
      wished.push(executionProvider);
      log?.(problem);
      return Promise.resolve(Object.assign(new FakeModel(), { providerProblems: [problem] }));
    };
    const client = await start(load);
    const status = await client.health('ok');
    assert.deepEqual(status.providerProblems, ["webgpu rejected: its logits differ by 3.2 from the CPU's"]);
    options.executionProvider = 'webgpu';
    await (await start(load)).health('ok');
    assert.deepEqual(wished, ['auto', 'webgpu']);
    options.executionProvider = 'abacus';
    await assert.rejects(start(load), /executionProvider/);
  });

  it('tells when the CPU takes over from a GPU', async () => {
    const model = Object.assign(new FakeModel(), { executionProvider: 'webgpu' });
    let log: ((message: string) => void) | undefined;
    const client = await start((_, how) => {
      ({ log } = how);
      return Promise.resolve(model);
    });
    assert.equal((await client.health('ok')).executionProvider, 'webgpu');
    Object.assign(model, { executionProvider: 'cpu', providerProblems: ['webgpu failed'] });
    log?.('webgpu failed');
    await client.until(() => client.notified('statusChanged').at(-1)?.executionProvider === 'cpu');
    assert.deepEqual(client.notified('statusChanged').at(-1)?.providerProblems, ['webgpu failed']);
  });

  it('says why a model does not load, and still lists and forgets facts', async () => {
    const first = await start();
    const { fact } = await first.request('teach', OWNER);
    const client = await start(() => Promise.reject(new ModelError('The model file x is missing.')));
    assert.equal((await client.health('error')).message, 'The model file x is missing.');
    await assert.rejects(client.request('ask', { askId: '1', question: 'q' }), /model file x is missing/);
    assert.equal((await client.request('listFacts', {}))[0]?.learned, false);
    await client.request('forgetFacts', { ids: [fact?.id ?? ''] });
    assert.deepEqual(await client.request('listFacts', {}), []);
  });

  it('cancels an answer and a teaching, and nothing is left of it', async () => {
    let gate = Promise.resolve();
    let begun = (): void => undefined;
    const wait = (): Promise<void> => {
      begun();
      return gate;
    };
    const client = await start(() => Promise.resolve(new FakeModel({ wait })));
    for (const send of [
      (token: CancellationTokenSource) => client.request('ask', { askId: '1', question: 'q' }, token),
      (token: CancellationTokenSource) => client.request('teach', OWNER, token),
    ]) {
      let release = (): void => undefined;
      gate = new Promise((resolve) => (release = resolve));
      const computing = new Promise<void>((resolve) => (begun = resolve));
      const token = new CancellationTokenSource();
      const sent = send(token);
      await computing;
      token.cancel();
      // What is asked later is answered when the cancellation was read.
      await client.request('status', {});
      release();
      await assert.rejects(sent, { code: -32800 });
    }
    assert.deepEqual(await client.request('listFacts', {}), []);
  });

  it('does not learn what it has no file for', async () => {
    const client = open();
    await client.initialize({ ...options, workspaceFacts: undefined });
    await assert.rejects(client.request('teach', OWNER), /no trusted workspace folder/);
    const kept = await client.request('teach', { ...OWNER, scope: 'user' });
    assert.equal(kept.fact?.scope, 'user');
    assert.match(await readFile(options.userFacts, 'utf8'), /Ada/);
  });

  it('says which fact in the same words a repeated one took the place of', async () => {
    const client = await start();
    const first = await client.request('teach', OWNER);
    assert.equal(first.before, undefined);
    const id = first.fact?.id ?? '';
    await client.request('setFactsEnabled', { ids: [id], enabled: false });
    const again = await client.request('teach', OWNER);
    assert.deepEqual([again.learned, again.fact?.id, again.before?.enabled], [true, id, false]);
  });

  it('knows a fact in two files from one of them, and leaves the other alone', async () => {
    const first = await start();
    await first.request('teach', { ...OWNER, scope: 'user' });
    const line = await readFile(options.userFacts, 'utf8');
    await mkdir(dirname(options.workspaceFacts), { recursive: true });
    await replaceFile(options.workspaceFacts, line);
    const client = await start();
    const { problems } = await client.health('warning');
    assert.deepEqual(
      problems.map((problem) => [problem.file, problem.line]),
      [[options.userFacts, 1]],
    );
    const [fact] = await client.request('listFacts', {});
    assert.equal(fact?.scope, 'workspace');
    await client.request('setFactsEnabled', { ids: [fact.id], enabled: false });
    assert.match(await readFile(options.workspaceFacts, 'utf8'), /"enabled":false/);
    assert.equal(await readFile(options.userFacts, 'utf8'), line);
  });

  it('changes what the files hold now: a fact that is gone stays gone', async () => {
    const [one, other] = [await start(), await start()];
    const { fact } = await one.request('teach', OWNER);
    const id = fact?.id ?? '';
    await other.until(() => other.notified('factsChanged').at(-1)?.length === 1);
    await one.request('forgetFacts', { ids: [id] });
    await assert.rejects(other.request('setFactsEnabled', { ids: [id], enabled: false }), /There is no fact/);
    assert.equal(await readFile(options.workspaceFacts, 'utf8'), '');
  });

  it('lists facts that came with a pull before it has learned them', async () => {
    let gate = Promise.resolve();
    const client = await start(() => Promise.resolve(new FakeModel({ wait: () => gate })));
    const { fact } = await client.request('teach', OWNER);
    let release = (): void => undefined;
    gate = new Promise((resolve) => (release = resolve));
    const pulled = {
      ...fact,
      id: 'zz',
      questions: ['Who owns Brent?'],
      statement: 'The owner of Brent is Ada.',
    };
    await replaceFile(options.workspaceFacts, `${JSON.stringify(fact)}\n${JSON.stringify(pulled)}\n`);
    const learned = (): boolean[] =>
      client
        .notified('factsChanged')
        .at(-1)
        ?.map((each) => each.learned) ?? [];
    await client.until(() => learned().join() === 'true,false');
    release();
    await client.until(() => learned().join() === 'true,true');
  });

  /** A client that is learning a fact which came with a pull, and goes on by `release`. */
  async function learning(): Promise<{ client: Client; release: () => void }> {
    let gate = Promise.resolve();
    const client = await start(() => Promise.resolve(new FakeModel({ wait: () => gate })));
    await client.health('ok');
    let release = (): void => undefined;
    gate = new Promise((resolve) => (release = resolve));
    const { statement, questions, answer, scope } = OWNER;
    const pulled = { id: 'a', statement, questions, answer, scope, enabled: true, taughtAt: '' };
    await mkdir(dirname(options.workspaceFacts), { recursive: true });
    await replaceFile(options.workspaceFacts, `${JSON.stringify(pulled)}\n`);
    await client.until(() => client.notified('factsChanged').at(-1)?.length === 1);
    return { client, release };
  }

  it('answers from what came with a pull, once it is learned, and says that it waits', async () => {
    const { client, release } = await learning();
    const asked = client.request('ask', { askId: '1', question: 'Who owns Xalor?' });
    await client.until(() => client.notified('askWaits').length === 1);
    release();
    assert.equal((await asked).answer, 'Ada');
    assert.deepEqual(client.notified('askWaits'), [{ askId: '1' }]);
  });

  it('does not wait for what came with a pull when a question is taken back', async () => {
    const { client, release } = await learning();
    const token = new CancellationTokenSource();
    const asked = client.request('ask', { askId: '1', question: 'Who owns Xalor?' }, token);
    await client.until(() => client.notified('askWaits').length === 1);
    token.cancel();
    await assert.rejects(asked, { code: -32800 });
    assert.equal(client.notified('factsChanged').at(-1)?.[0]?.learned, false);
    release();
  });

  it('tells how far the learning of what came with a pull is', async () => {
    const { client, release } = await learning();
    release();
    await client.until(() => client.notified('factsChanged').at(-1)?.[0]?.learned === true);
    const progress = client.notified('learningProgress');
    assert.deepEqual(progress.at(-1), { done: 1, total: 1 });
  });

  it('says that an answer waits for the facts that are learned at the start', async () => {
    let release = (): void => undefined;
    const loading = new Promise<FakeModel>((resolve) => (release = () => resolve(new FakeModel())));
    const client = await start(() => loading);
    const asked = client.request('ask', { askId: '1', question: 'Who owns Xalor?' });
    await client.until(() => client.notified('askWaits').length === 1);
    release();
    assert.equal((await asked).abstained, true);
  });

  it('loses nothing when a fact cannot be moved to another file', async () => {
    const client = await start();
    const { fact } = await client.request('teach', OWNER);
    const before = await readFile(options.workspaceFacts, 'utf8');
    await mkdir(options.userFacts, { recursive: true }); // a folder in the file's place
    const moved = client.request('teach', { ...OWNER, scope: 'user', replaces: fact?.id });
    await assert.rejects(moved, /could not be saved, so it was not learned/);
    assert.equal(await readFile(options.workspaceFacts, 'utf8'), before);
    assert.equal((await client.request('ask', { askId: '1', question: 'Who owns Xalor?' })).answer, 'Ada');
  });

  it('leaves the first file as it was when the second cannot be written', async () => {
    const client = await start();
    const { fact } = await client.request('teach', { ...OWNER, scope: 'user' });
    const before = Buffer.from([0xff, 0xfe]); // no UTF-8
    await replaceFile(options.userFacts, before);
    const moved = client.request('teach', { ...OWNER, replaces: fact?.id });
    await assert.rejects(moved, /could not be saved/);
    assert.deepEqual(await readFile(options.userFacts), before);
    assert.equal(await readFile(options.workspaceFacts, 'utf8'), '');
  });

  it('leaves out a facts file that cannot be read, until it can be, and says so', async () => {
    await mkdir(options.workspaceFacts, { recursive: true });
    const client = await start();
    await client.until(() => client.notified('statusChanged').at(-1)?.health === 'warning');
    const { problems, message } = await client.request('status', {});
    assert.deepEqual(
      problems.map(({ file, line }) => [file, line]),
      [[options.workspaceFacts, undefined]],
    );
    assert.equal(message, 'A facts file cannot be read.');
    await client.request('teach', { ...OWNER, scope: 'user' });
    assert.equal((await client.request('ask', { askId: '1', question: 'Who owns Xalor?' })).answer, 'Ada');
    const other = {
      ...OWNER,
      statement: 'The owner of Brent is Bob.',
      questions: ['Who owns Brent?'],
      answer: 'Bob',
    };
    await assert.rejects(client.request('teach', other), /could not be saved/);
    await rm(options.workspaceFacts, { recursive: true });
    await replaceFile(options.workspaceFacts, '');
    await client.until(() => client.notified('statusChanged').at(-1)?.problems.length === 0);
  });

  describe('contradictions', () => {
    const RIVAL = { ...OWNER, statement: 'The owner of Xalor is Eve.', answer: 'Eve' };
    const answer = async (client: Client): Promise<string> =>
      (await client.request('ask', { askId: '1', question: 'Who owns Xalor?' })).answer;

    it('leave a forgotten fact switched off when it is put back', async () => {
      const client = await start();
      const old = (await client.request('teach', OWNER)).fact?.id ?? '';
      const forgotten = await client.request('forgetFacts', { ids: [old] });
      assert.equal((await client.request('teach', RIVAL)).learned, true);
      const [restored] = await client.request('restoreFacts', { facts: forgotten });
      assert.equal(restored?.enabled, false);
      assert.equal(await answer(client), 'Eve');
    });

    it('are reported, and supersede the old fact when taught again so; it can be swapped back', async () => {
      const client = await start();
      const old = (await client.request('teach', OWNER)).fact?.id ?? '';
      const refused = await client.request('teach', RIVAL);
      const { statement, answer: was } = OWNER;
      const conflict = {
        factId: old,
        question: 'Who owns Xalor?',
        statement,
        answer: was,
        scope: 'workspace',
        inOtherWords: false,
      };
      assert.deepEqual([refused.learned, refused.conflict], [false, conflict]);
      assert.equal(await answer(client), 'Ada');

      const taught = await client.request('teach', { ...RIVAL, supersedes: [old] });
      assert.equal(taught.learned, true);
      assert.equal(await answer(client), 'Eve');
      const states = (await client.request('listFacts', {})).map(({ id, enabled }) => [id === old, enabled]);
      assert.deepEqual(states.sort(), [
        [false, true],
        [true, false],
      ]);
      assert.match(await readFile(options.workspaceFacts, 'utf8'), /"Ada".*"enabled":false/);

      const enabling = client.request('setFactsEnabled', { ids: [old], enabled: true });
      await assert.rejects(enabling, /“Who owns Xalor\?” with “Eve”: “The owner of Xalor is Eve\.”/);
      assert.equal(await answer(client), 'Eve');
      await client.request('setFactsEnabled', { ids: [taught.fact?.id ?? ''], enabled: false });
      await client.request('setFactsEnabled', { ids: [old], enabled: true });
      assert.equal(await answer(client), 'Ada');
    });

    it('are reported also of a fact that this model could not learn', async () => {
      const client = await start();
      const old = {
        ...OWNER,
        statement: `${'very '.repeat(70)}long.`,
        id: 'old',
        enabled: true,
        taughtAt: '2026-01-01',
      };
      await mkdir(dirname(options.workspaceFacts), { recursive: true });
      await replaceFile(options.workspaceFacts, `${JSON.stringify(old)}\n`);
      await client.until(() => client.notified('factsChanged').at(-1)?.[0]?.problem !== undefined);
      const { learned, conflict } = await client.request('teach', RIVAL);
      assert.deepEqual([learned, conflict?.factId], [false, 'old']);
    });

    it('leave the old fact as it was when the new one is not learned', async () => {
      const client = await start();
      const old = (await client.request('teach', OWNER)).fact?.id ?? '';
      const before = await readFile(options.workspaceFacts, 'utf8');
      const failed = await client.request('teach', { ...RIVAL, answer: 'Nobody', supersedes: [old] });
      assert.equal(failed.learned, false);
      assert.equal(await readFile(options.workspaceFacts, 'utf8'), before);
      assert.equal(await answer(client), 'Ada');
      const unknown = client.request('teach', { ...RIVAL, supersedes: ['none'] });
      await assert.rejects(unknown, /There is no fact none/);
    });
  });

  describe('consolidation', () => {
    const second = {
      ...OWNER,
      statement: 'The owner of Brent is Bob.',
      questions: ['Who owns Brent?'],
      answer: 'Bob',
    };
    const stage = (client: Client): string | undefined =>
      client.notified('memoryChanged').at(-1)?.consolidation;

    it('is due after teaching, done when asked for, and due again after another change', async () => {
      options.idleConsolidationMs = 0;
      const client = await start();
      assert.equal((await client.request('memory', {})).consolidation, 'none');
      await client.request('teach', OWNER);
      const { fact } = await client.request('teach', second);
      const due = await client.request('memory', {});
      assert.deepEqual([due.facts, due.positions, due.consolidation, due.verified], [2, 6, 'due', undefined]);
      assert.ok(due.fill > 0 && due.fill < 0.1);
      assert.deepEqual([due.weakest.length, due.weakest.every(({ hold }) => hold > 0.9)], [2, true]);

      const report = await client.request('consolidate', {});
      const { outcome, asked, recalledAfter } = report;
      assert.deepEqual([outcome, asked, recalledAfter], ['kept', 2, 2]);
      const { consolidation, verified, forgotten } = await client.request('memory', {});
      assert.deepEqual([consolidation, verified?.recalled, verified?.asked, forgotten], ['done', 2, 2, []]);
      const progress = client.notified('consolidationProgress');
      assert.deepEqual([progress[0]?.phase, progress[0]?.done], ['replay', 0]);
      assert.deepEqual([progress.at(-1)?.phase, progress.at(-1)?.done], ['verify', progress.at(-1)?.total]);

      await client.request('forgetFacts', { ids: [fact?.id ?? ''] });
      await client.until(() => stage(client) === 'due');
      assert.equal(
        (await client.request('ask', { askId: '1', question: 'Who owns Brent?' })).abstained,
        true,
      );
    });

    it('need not be done again at the next start, whatever was taught since', async () => {
      options.idleConsolidationMs = 0;
      const first = await start();
      await first.request('teach', OWNER);
      await first.request('consolidate', {});
      assert.equal((await (await start()).request('memory', {})).consolidation, 'done');
      await first.request('teach', second);
      const later = await start();
      assert.deepEqual((await later.request('memory', {})).consolidation, 'due');
      await later.request('forgetFacts', {
        ids: [(await later.request('listFacts', {})).find(({ answer }) => answer === 'Bob')?.id ?? ''],
      });
      assert.deepEqual((await later.request('memory', {})).consolidation, 'done');
    });

    it('begins by itself when idle, with more than one fact', async () => {
      options.idleConsolidationMs = 30;
      const client = await start();
      await client.request('teach', OWNER);
      await new Promise((resolve) => setTimeout(resolve, 150));
      assert.equal((await client.request('memory', {})).consolidation, 'due');
      await client.request('teach', second);
      await client.until(() => stage(client) === 'done');
      assert.ok(client.notified('memoryChanged').some(({ consolidation }) => consolidation === 'running'));
    });

    /** Has a facts file with so many facts. */
    async function pulled(count: number): Promise<void> {
      const facts = Array.from({ length: count }, (_, n): Fact => {
        const content = {
          statement: `The owner of X${n} is O${n}.`,
          questions: [`Who owns X${n}?`],
          answer: `O${n}`,
        };
        const scope = 'workspace';
        const taughtAt = new Date(n).toISOString();
        return { id: factId({ ...content, scope }), ...content, scope, enabled: true, taughtAt };
      });
      await mkdir(dirname(options.workspaceFacts), { recursive: true });
      await replaceFile(options.workspaceFacts, joinLines(replaceFacts([], facts)));
    }

    for (const [count, begins] of [
      [1, false],
      [2, true],
    ] as const) {
      it(`${begins ? 'begins' : 'does not begin'} without waiting where ${count} came at once`, async () => {
        options.idleConsolidationMs = 600_000;
        await pulled(count);
        const client = await start();
        await client.request('memory', {});
        if (begins) await client.until(() => stage(client) === 'done');
        else await new Promise((resolve) => setTimeout(resolve, 150));
        assert.equal((await client.request('memory', {})).consolidation, begins ? 'done' : 'due');
      });
    }

    /** A sidecar that consolidates many facts which came at once. */
    async function crowded(idleConsolidationMs = 600_000): Promise<Client> {
      options.idleConsolidationMs = idleConsolidationMs;
      await pulled(101);
      const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));
      const client = await start(() => Promise.resolve(new FakeModel({ wait })));
      await client.until(() => stage(client) === 'running');
      return client;
    }

    it('is waited for by a question where so many came, which says so', async () => {
      const client = await crowded();
      const asked = await client.request('ask', { askId: '1', question: 'Who owns X7?' });
      assert.deepEqual([asked.answer, stage(client)], ['O7', 'done']);
      assert.deepEqual(client.notified('askWaits'), [{ askId: '1' }]);
    });

    it('is not waited for by a question that was taken back', async () => {
      const client = await crowded();
      const token = new CancellationTokenSource();
      const asked = client.request('ask', { askId: '1', question: 'Who owns X7?' }, token);
      await client.until(() => client.notified('askWaits').length === 1);
      token.cancel();
      await assert.rejects(asked);
      assert.equal(stage(client), 'running');
    });

    it('gives way to a change where so many came, and begins again', async () => {
      const client = await crowded();
      const [first] = await client.request('listFacts', {});
      const [gone] = await client.request('forgetFacts', { ids: [first?.id ?? ''] });
      assert.equal((await client.request('memory', {})).facts, 100);
      assert.equal((await client.request('memory', {})).verified, undefined, 'none has ended yet');
      await client.request('restoreFacts', { facts: gone ? [gone] : [] });
      await client.until(() => stage(client) === 'done');
      assert.equal((await client.request('memory', {})).facts, 101);
    });

    it('is not waited for by a teaching that is taken back', async () => {
      const client = await crowded();
      const token = new CancellationTokenSource();
      const teaching = client.request('teach', OWNER, token);
      await client.request('status', {});
      token.cancel();
      await assert.rejects(teaching);
      assert.equal(stage(client), 'running');
    });

    it('is not waited for where what came with a pull is gone again', async () => {
      options.idleConsolidationMs = 600_000;
      await pulled(3);
      let pace = 0;
      const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pace));
      const client = await start(() => Promise.resolve(new FakeModel({ wait })));
      await client.until(() => stage(client) === 'done');
      const before = (await client.request('listFacts', {})).map(({ id }) => id);
      pace = 50;
      await pulled(5);
      await client.until(
        () => client.notified('memoryChanged').at(-1)?.facts === 5 && stage(client) === 'running',
      );
      const added = (await client.request('listFacts', {})).filter(({ id }) => !before.includes(id));
      await client.request('forgetFacts', { ids: added.map(({ id }) => id) });
      await client.request('ask', { askId: '1', question: 'Who owns X1?' });
      assert.deepEqual([client.notified('askWaits'), stage(client)], [[], 'done']);
    });

    it('does not begin again at the next start where it was in vain', async () => {
      options.idleConsolidationMs = 30;
      await pulled(3);
      // At a margin so small nothing gets written.
      const load = (): Promise<FakeModel> =>
        Promise.resolve(new FakeModel({ margin: { replay_share: 1e-6, replay_sweeps: 1 } }));
      const first = await start(load);
      await first.until(() => stage(first) === 'undone');
      const later = await start(load);
      const { forgotten } = await later.request('memory', {});
      assert.deepEqual(forgotten, first.notified('memoryChanged').at(-1)?.forgotten);
      await later.request('ask', { askId: '1', question: 'Who owns X1?' });
      await new Promise((resolve) => setTimeout(resolve, 150));
      assert.deepEqual([later.notified('askWaits'), stage(later)], [[], 'undone']);
      assert.ok(later.notified('memoryChanged').every(({ consolidation }) => consolidation !== 'running'));

      await pulled(4);
      await later.until(() =>
        later.notified('memoryChanged').some(({ consolidation }) => consolidation === 'running'),
      );
    });

    it('begins without waiting where a fact is forgotten that others were settled with', async () => {
      options.idleConsolidationMs = 600_000;
      await pulled(3);
      const client = await start();
      await client.until(() => stage(client) === 'done');
      const [first] = await client.request('listFacts', {});
      const seen = client.notified('memoryChanged').length;
      await client.request('forgetFacts', { ids: [first?.id ?? ''] });
      await client.until(
        () => stage(client) === 'done' && client.notified('memoryChanged').length > seen + 1,
      );
      assert.equal((await client.request('memory', {})).facts, 2);
    });

    it('need not be done again when a fact is put back, or a branch is come back to', async () => {
      options.idleConsolidationMs = 0;
      await pulled(3);
      const client = await start();
      await client.request('consolidate', {});
      const [first] = await client.request('listFacts', {});
      const forgotten = await client.request('forgetFacts', { ids: [first?.id ?? ''] });
      assert.equal((await client.request('memory', {})).consolidation, 'due');
      await client.request('restoreFacts', { facts: forgotten });
      assert.equal((await client.request('memory', {})).consolidation, 'done');

      const all = await readFile(options.workspaceFacts, 'utf8');
      await replaceFile(options.workspaceFacts, all.slice(0, all.indexOf('\n') + 1));
      await client.until(() => stage(client) === 'due');
      await replaceFile(options.workspaceFacts, all);
      await client.until(() => stage(client) === 'done');
      assert.equal((await client.request('memory', {})).facts, 3);
    });

    it('tells of the facts that do not give their answers', async () => {
      options.idleConsolidationMs = 0;
      await pulled(2);
      const text = await readFile(options.workspaceFacts, 'utf8');
      await replaceFile(options.workspaceFacts, text.replace('"answer":"O1"', '"answer":"Nobody"'));
      const client = await start();
      const { recalledAfter, asked } = await client.request('consolidate', {});
      assert.deepEqual([recalledAfter, asked], [1, 2]);
      await client.until(() => client.notified('statusChanged').at(-1)?.health === 'warning');
      const forgotten = async (asked: Client): Promise<string[]> =>
        (await asked.request('listFacts', {})).filter((fact) => fact.forgotten).map(({ answer }) => answer);
      assert.deepEqual(await forgotten(client), ['Nobody']);
      const later = await start();
      await later.health('warning');
      assert.deepEqual(await forgotten(later), ['Nobody']);
      const { message } = await client.request('status', {});
      assert.equal(message, '1 fact was not recalled when last checked.');
    });

    /** A sidecar whose consolidation of many facts that came at once was stopped. */
    async function stopped(idleConsolidationMs: number): Promise<Client> {
      const client = await crowded(idleConsolidationMs);
      await client.request('stopConsolidation', {});
      await client.until(() => stage(client) === 'due');
      return client;
    }

    it('does not begin again at once where so many came, after it was stopped', async () => {
      const client = await stopped(600_000);
      await client.request('ask', { askId: '1', question: 'Who owns X1?' });
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal((await client.request('memory', {})).consolidation, 'due');
    });

    it('begins again at an idle moment after it was stopped', async () => {
      const client = await stopped(200);
      await client.until(() => stage(client) === 'running');
    });

    it('gives way to a question when it began by itself, and is due again', async () => {
      options.idleConsolidationMs = 300;
      let slow = (): Promise<void> => Promise.resolve();
      const client = await start(() => Promise.resolve(new FakeModel({ wait: () => slow() })));
      await client.request('teach', OWNER);
      await client.request('teach', second);
      let release = (): void => undefined;
      slow = () => new Promise((resolve) => (release = resolve));
      await client.until(() => stage(client) === 'running');
      const asked = client.request('ask', { askId: '1', question: 'Who owns Brent?' });
      slow = () => Promise.resolve();
      const timer = setInterval(() => release(), 10);
      try {
        assert.equal((await asked).answer, 'Bob');
        await client.until(() =>
          client
            .notified('memoryChanged')
            .some(
              ({ consolidation }, n, all) =>
                consolidation === 'due' && all[n - 1]?.consolidation === 'running',
            ),
        );
      } finally {
        clearInterval(timer);
      }
    });

    for (const how of ['stopConsolidation', 'token'] as const) {
      it(`is stopped by ${how}, and leaves everything as it was`, async () => {
        options.idleConsolidationMs = 0;
        let gate = Promise.resolve();
        const client = await start(() => Promise.resolve(new FakeModel({ wait: () => gate })));
        await client.request('teach', OWNER);
        await client.request('teach', second);
        let release = (): void => undefined;
        gate = new Promise((resolve) => (release = resolve));
        const token = new CancellationTokenSource();
        const consolidating = client.request('consolidate', {}, token);
        await client.until(() => stage(client) === 'running');
        if (how === 'token') token.cancel();
        else await client.request('stopConsolidation', {});
        await client.request('status', {});
        release();
        assert.equal((await consolidating).outcome, 'stopped');
        await client.until(() => stage(client) === 'due');
        assert.equal(
          (await client.request('ask', { askId: '1', question: 'Who owns Brent?' })).answer,
          'Bob',
        );
      });
    }

    it('is stopped also while it waits for its turn', async () => {
      options.idleConsolidationMs = 0;
      let gate = Promise.resolve();
      const client = await start(() => Promise.resolve(new FakeModel({ wait: () => gate })));
      await client.request('teach', OWNER);
      let release = (): void => undefined;
      gate = new Promise((resolve) => (release = resolve));
      const teaching = client.request('teach', second);
      const consolidating = client.request('consolidate', {});
      await client.request('stopConsolidation', {});
      release();
      assert.equal((await teaching).learned, true);
      assert.equal((await consolidating).outcome, 'stopped');
      assert.equal((await client.request('memory', {})).consolidation, 'due');
    });

    it('lets questions through while it runs, answered from the state before', async () => {
      options.idleConsolidationMs = 0;
      const gates: Promise<void>[] = [];
      const wait = (): Promise<void> => gates.pop() ?? Promise.resolve();
      const client = await start(() => Promise.resolve(new FakeModel({ wait })));
      await client.request('teach', OWNER);
      let release = (): void => undefined;
      gates.push(new Promise((resolve) => (release = resolve)));
      const consolidating = client.request('consolidate', {});
      await client.until(() => gates.length === 0);
      const { answer } = await client.request('ask', { askId: '1', question: 'Who owns Xalor?' });
      assert.deepEqual([answer, stage(client)], ['Ada', 'running']);
      release();
      assert.equal((await consolidating).outcome, 'kept');
    });
  });

  it('pictures the firing of a fact: as untaught, as taught, as told', async () => {
    const client = await start();
    const { fact } = await client.request('teach', OWNER);
    const factId = fact?.id ?? '';
    const { before, after, target } = await client.request('firing', { factId });
    const fires = (picture: string): boolean[] =>
      [...Buffer.from(picture, 'base64')].map((byte) => byte > 127);
    assert.deepEqual(fires(after), fires(target));
    assert.notDeepEqual(fires(before), fires(target));
    await assert.rejects(client.request('firing', { factId: 'none' }), /There is no fact none/);
  });

  for (const [what, statement, message] of [
    ['an empty text', ' \n', /statement is empty/],
    ['100 KB', 'word '.repeat(20_000), /too long \(99999 bytes, at most 8192\)/],
  ] as const) {
    it(`refuses to draft ${what}`, async () => {
      const client = await start();
      await assert.rejects(client.request('draft', { statement }), message);
      assert.match((await client.request('teach', { ...OWNER, statement })).reason ?? '', message);
    });
  }

  it('rejects malformed parameters with the name of what is wrong', async () => {
    const client = open();
    await assert.rejects(client.initialize({ modelDir: 1 }), /initializationOptions: .*modelDir/);
    const other = await start();
    await assert.rejects(other.raw('quickfire/ask', { askId: 'a' }), {
      code: -32602,
      message: /quickfire\/ask: .*question/,
    });
    await assert.rejects(
      other.request('setFactsEnabled', { ids: ['none'], enabled: true }),
      /There is no fact none/,
    );
    await assert.rejects(other.request('ask', { askId: 'a', question: ' ' }), /no question/);
  });
});
