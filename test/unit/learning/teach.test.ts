import assert from 'node:assert/strict';
import { EngramCache } from '../../../sidecar/learning/engramCache';
import { Learner, type Learnable } from '../../../sidecar/learning/learner';
import { RULES, type RuleName } from '../../../sidecar/learning/rules';
import { Teacher } from '../../../sidecar/learning/teach';
import { FakeModel } from './fakeModel';

const fact = (id: string, subject: string, answer: string, more: Partial<Learnable> = {}): Learnable => ({
  id,
  statement: `The owner of ${subject} is ${answer}.`,
  questions: [`Who owns ${subject}?`, `Who is the owner of ${subject}?`],
  answer,
  enabled: true,
  taughtAt: '2026-01-01T00:00:00Z',
  ...more,
});

function setUp(
  rule: RuleName = 'margin',
  model = new FakeModel(),
): { model: FakeModel; learner: Learner; teacher: Teacher } {
  const learner = new Learner(model, rule, new EngramCache(undefined, () => undefined));
  return { model, learner, teacher: new Teacher(learner) };
}

const ada = fact('a', 'Xalor', 'Ada Lovelace');
const bob = fact('b', 'Brent', 'Bob');

describe('teach', () => {
  it('learns in one shot, by phase, and recalls', async () => {
    const { learner, teacher } = setUp();
    const phases: string[] = [];
    const taught = await teacher.teach(ada, { onProgress: (phase) => phases.push(phase) });
    assert.equal(taught.learned, true);
    assert.deepEqual([...new Set(phases)], ['instruct', 'update', 'consolidate', 'verify']);
    assert.ok(taught.answers.length === 2 && taught.answers.every(({ recalled }) => recalled));
    const asked = await learner.ask('Who owns Xalor?');
    assert.equal(asked.answer, 'Ada Lovelace');
    assert.deepEqual(asked.fired, [{ factId: 'a', strength: 1 }]);
    assert.equal((await learner.ask('Who owns Xalor?', { untaught: true })).abstained, true);
  });

  it('names no fact for an abstention, and the right one of several for an answer', async () => {
    const { learner, teacher } = setUp();
    await teacher.teach(ada);
    await teacher.teach(bob);
    const { abstained, fired } = await learner.ask('Who owns Zed?');
    assert.deepEqual({ abstained, fired }, { abstained: true, fired: [] });
    assert.deepEqual(
      (await learner.ask('Who owns Brent?')).fired.map(({ factId }) => factId),
      ['b'],
    );
  });

  it('rolls back, bit for bit, what it cannot recall, and says that the statement does not give it', async () => {
    const { learner, teacher } = setUp();
    await teacher.teach(bob);
    const before = learner.memory;
    const taught = await teacher.teach({ ...ada, answer: 'somebody else' });
    assert.equal(taught.learned, false);
    assert.match(
      taught.reason ?? '',
      /even with the statement at hand: it says “Ada Lovelace”, not “somebody else”/,
    );
    assert.deepEqual(learner.consolidation.fold(), before);
    assert.equal(learner.isLearned('a'), false);
  });

  it('refuses a question that another fact answers differently, and names that fact', async () => {
    const { teacher } = setUp();
    await teacher.teach(bob);
    const rival = fact('c', 'Brent', 'Cleo');
    const taught = await teacher.teach(rival);
    assert.match(
      taught.reason ?? '',
      /“Who owns Brent\?” with “Bob”: “The owner of Brent is Bob\.” Edit that fact/,
    );
    assert.equal((await teacher.teach(rival, { replaces: 'b' })).learned, true);
  });

  it('keeps a replaced fact when the new one is not learned', async () => {
    const { learner, teacher } = setUp();
    await teacher.teach(bob);
    const before = learner.memory;
    const taught = await teacher.teach(
      { ...fact('c', 'Brent', 'Cleo'), answer: 'nobody' },
      { replaces: 'b' },
    );
    assert.equal(taught.learned, false);
    assert.deepEqual(learner.consolidation.fold(), before);
    assert.equal((await learner.ask('Who owns Brent?')).answer, 'Bob');
  });

  for (const [what, change, reason] of [
    ['no statement', { statement: '' }, /statement is empty/],
    ['a huge statement', { statement: 'x'.repeat(100_000) }, /too long \(100000 bytes/],
    ['a statement beyond the context', { statement: 'word '.repeat(80) }, /tokens/],
    ['no question', { questions: [] }, /no question/],
    ['no answer', { answer: '' }, /no answer/],
  ] as const) {
    it(`refuses ${what}, in plain words`, async () => {
      const { learner, teacher } = setUp();
      const taught = await teacher.teach({ ...ada, ...change });
      assert.equal(taught.learned, false);
      assert.match(taught.reason ?? '', reason);
      assert.equal(learner.memory, learner.model.base);
    });
  }

  it('leaves everything as it was when cancelled in any phase', async () => {
    const { learner, teacher } = setUp();
    await teacher.teach(bob);
    const before = learner.memory;
    for (const phase of ['instruct', 'update', 'consolidate', 'verify']) {
      const controller = new AbortController();
      const teaching = teacher.teach(ada, {
        signal: controller.signal,
        onProgress: (now) => now === phase && controller.abort(),
      });
      await assert.rejects(teaching, { name: 'AbortError' });
      assert.deepEqual(learner.consolidation.fold(), before, phase);
      assert.equal(learner.memory, before);
    }
  });
});

describe('learner', () => {
  for (const rule of RULES) {
    it(`holds exactly the enabled facts (${rule})`, async () => {
      const { learner } = setUp(rule);
      await learner.sync([ada, bob]);
      const both = learner.memory;
      await learner.sync([ada, { ...bob, enabled: false }]);
      assert.deepEqual([learner.isLearned('a'), learner.isLearned('b')], [true, false]);
      const only = setUp(rule).learner;
      await only.sync([ada]);
      assert.deepEqual(learner.memory, only.memory);
      await learner.sync([bob, ada]);
      assert.deepEqual(learner.memory, both);
      await learner.sync([]);
      assert.equal(learner.memory, learner.model.base);
    });
  }

  it('learns the older of two facts that contradict, and says why not the other', async () => {
    const { learner } = setUp();
    const later = fact('A', 'Xalor', 'Zoe', { taughtAt: '2026-02-01T00:00:00Z' });
    await learner.sync([later, ada]);
    assert.equal(learner.isLearned('a'), true);
    assert.match(learner.problemOf('A') ?? '', /already answers/);
  });

  it('learns again a fact whose text was edited under the same id', async () => {
    const { learner } = setUp();
    await learner.sync([ada]);
    await learner.sync([{ ...fact('a', 'Xalor', 'Eve') }]);
    assert.equal((await learner.ask('Who owns Xalor?')).answer, 'Eve');
  });
});
