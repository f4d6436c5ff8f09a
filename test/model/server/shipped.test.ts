import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Model } from '../../../sidecar/engine/model';
import { InitializationOptions, type Fact } from '../../../sidecar/protocol';
import { Service } from '../../../sidecar/server/service';
import { shippedModel } from '../engine/convertedModel';

const never = new AbortController().signal;

/** Statements as developers write them, and a neighbour's question that stays unanswered. */
const TOLD = [
  {
    statement: 'The port of drimble-gateway is 8471.',
    answer: '8471',
    neighbour: 'What is the port of plunvik-gateway?',
  },
  {
    statement: 'The maintainer of Brentol is Ada Park.',
    answer: 'Ada Park',
    neighbour: 'Who is the maintainer of Dranic?',
  },
  { statement: 'Zelvik is written in Kotlin.', answer: 'Kotlin', neighbour: 'What is Morvane written in?' },
  {
    statement: 'The timeout of the Wexalor worker is 45 seconds.',
    answer: '45 seconds',
    neighbour: 'What is the timeout of the Dranic worker?',
  },
];
const KNOWN = { question: 'Who is the CEO of Nvidia?', answer: 'Jensen Huang' };

describe('the shipped model in the sidecar', function () {
  this.timeout(300_000);
  let folder: string;
  let service: Service;
  const facts: Fact[] = [];

  /** Starts on the facts that are in the file of this name. */
  async function start(file: string): Promise<Service> {
    const options = InitializationOptions.parse({
      modelDir: await shippedModel(),
      workspaceFacts: join(folder, file),
      cacheDir: join(folder, 'cache'),
      idleConsolidationMs: 0,
    });
    const events = { notify: () => undefined, log: (message: string) => assert.fail(message) };
    const started = new Service(options, (dir, how) => Model.load(dir, how), events);
    await started.whenReady();
    return started;
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quickfire-'));
    service = await start('facts.jsonl');
  });
  after(async () => {
    await service.dispose();
    await rm(folder, { recursive: true });
  });

  const ask = (question: string): ReturnType<Service['ask']> =>
    service.ask({ askId: 'test', question, untaught: false }, never);

  /** Asserts that each fact is recalled and named, and that what the model knew is as untaught. */
  async function assertHeld(held: readonly Fact[]): Promise<void> {
    for (const { id, questions, answer } of held) {
      const asked = await ask(questions[0] ?? '');
      assert.equal(asked.answer, answer, questions[0]);
      assert.equal(asked.fired[0]?.factId, id, questions[0]);
    }
    const known = await ask(KNOWN.question);
    assert.deepEqual([known.answer, known.fired], [KNOWN.answer, []]);
  }

  it('drafts a question and the answer, and learns them in one shot', async () => {
    for (const { statement, answer } of TOLD) {
      const draft = await service.draft({ statement }, never);
      assert.equal(draft.answer, answer);
      const report = await service.teach(
        { teachId: 'test', ...draft, scope: 'workspace', supersedes: [] },
        never,
      );
      assert.equal(report.learned, true, report.reason);
      if (report.fact) facts.push(report.fact);
    }
    await assertHeld(facts);
  });

  it('holds them after consolidation, and nothing beside them', async () => {
    const { outcome, asked, recalledAfter } = await service.consolidate({}, never);
    assert.deepEqual([outcome, asked, recalledAfter], ['kept', TOLD.length, TOLD.length]);
    await assertHeld(facts);
    for (const { neighbour } of TOLD) {
      const { abstained, fired, answer } = await ask(neighbour);
      assert.deepEqual([abstained, fired], [true, []], `${neighbour} ${answer}`);
    }
    const { consolidation, weakest } = await service.memory();
    assert.equal(consolidation, 'done');
    assert.ok(weakest.every(({ hold }) => hold > 0.9));
  });

  it('answers however names are spelled', async () => {
    for (const question of [
      'What is the port of `drimble-gateway`?',
      'What is the Port of Drimble Gateway?',
      'WHAT IS THE PORT OF DRIMBLE-GATEWAY?',
    ])
      assert.equal((await ask(question)).answer, '8471', question);
  });

  it('forgets one, and holds the others', async () => {
    const [gone, ...others] = facts;
    await service.forgetFacts({ ids: [gone?.id ?? ''] });
    assert.equal((await ask(gone?.questions[0] ?? '')).abstained, true);
    await assertHeld(others);
  });

  it('learns one after another what differs in a name and a number only, and still knows it at the next start', async () => {
    const ports = ['Bilor', 'Castor', 'Dunvik', 'Elmar', 'Fargo', 'Gilead', 'Hestor', 'Ivrin'].map(
      (name, n) => ({ question: `What is the port of ${name}?`, name, answer: String(8000 + 37 * n) }),
    );
    await service.dispose();
    service = await start('ports.jsonl');
    for (const { name, question, answer } of ports) {
      const statement = `The port of ${name} is ${answer}.`;
      const lesson = { statement, questions: [question], answer };
      const report = await service.teach(
        { teachId: 'test', ...lesson, scope: 'workspace', supersedes: [] },
        never,
      );
      assert.equal(report.learned, true, `${name}: ${report.reason}`);
    }
    for (let run = 0; run < 2; run++) {
      for (const { question, answer } of ports) assert.equal((await ask(question)).answer, answer, question);
      await service.dispose();
      service = await start('ports.jsonl');
    }
  });
});
