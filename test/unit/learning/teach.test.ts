import assert from 'node:assert/strict';
import type { Generation } from '../../../sidecar/engine/types';
import { consolidate } from '../../../sidecar/learning/consolidate';
import { endangered } from '../../../sidecar/learning/endangered';
import { EngramCache } from '../../../sidecar/learning/engramCache';
import { Learner } from '../../../sidecar/learning/learner';
import type { Learnable } from '../../../sidecar/learning/record';
import { RULES, type RuleName } from '../../../sidecar/learning/rules';
import { Teacher } from '../../../sidecar/learning/teach';
import { contentOf } from './engrams';
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
      /Even with the statement in the prompt, the model answers “Ada Lovelace”, not “somebody else”/,
    );
    assert.equal(learner.memory, before);
    assert.equal(learner.isLearned('a'), false);
  });

  it('names what the model reads in the statement, where that is nearly the answer', async () => {
    const { teacher } = setUp();
    const nearly = await teacher.teach({ ...ada, answer: 'countess Ada Lovelace' });
    assert.match(
      nearly.reason ?? '',
      /not “countess Ada Lovelace”\. Try “Ada Lovelace”, which the model reads/,
    );
    const otherwise = await teacher.teach({ ...ada, answer: 'somebody else' });
    assert.match(otherwise.reason ?? '', /Try a shorter answer in the words of the statement/);
  });

  it('replays all facts with one that the model misreads, where it stands in the statement', async () => {
    /** It reads what the last word of a text is, and so only the plain form of the fact below. */
    class Misreading extends FakeModel {
      override record(
        ...[prompt, ...rest]: Parameters<FakeModel['record']>
      ): ReturnType<FakeModel['record']> {
        const [, plain] = /: (\S+)$/.exec(prompt.system) ?? [];
        return super.record(
          plain === undefined ? prompt : { ...prompt, system: `The owner of X is ${plain}.` },
          ...rest,
        );
      }
    }
    const { learner, teacher } = setUp('margin', new Misreading());
    const names = ['Ada', 'Eve', 'Bob'];
    await learner.sync(
      Array.from({ length: 80 }, (_, n) =>
        fact(String(n), `N${n}`, names[n % 3] ?? '', { taughtAt: '2025' }),
      ),
    );
    const misread = {
      ...fact('m', 'Xalor', 'Ada'),
      statement: 'Ada owns Xalor, and the old owner is Bob.',
      questions: ['Who owns Xalor?'],
    };
    const taught = await teacher.teach(misread);
    assert.equal(taught.learned, true, taught.reason);
    assert.equal((await learner.ask('Who owns Xalor?')).answer, 'Ada');
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
    const { conflict } = taught;
    assert.deepEqual([conflict?.question, conflict?.fact.id], ['Who owns Brent?', 'b']);
    assert.equal((await teacher.teach(rival, { insteadOf: ['b'] })).learned, true);
  });

  describe('where the memory answers the question though it was taught in other words', () => {
    /** It takes a question for another one when it is asked. */
    class Paraphrasing extends FakeModel {
      override generate(
        ...[prompt, ...rest]: Parameters<FakeModel['generate']>
      ): ReturnType<FakeModel['generate']> {
        const user = prompt.user.replace('Who has', 'Who owns');
        return super.generate({ ...prompt, user }, ...rest);
      }
    }
    const other = { ...fact('c', 'Brent', 'Cleo'), questions: ['Who has Brent?'] };

    it('says so when it is to ask first, and teaches otherwise', async () => {
      const { learner, teacher } = setUp('margin', new Paraphrasing());
      await teacher.teach(bob);
      const { learned, conflict } = await teacher.teach(other, { askFirst: true });
      assert.deepEqual(
        [learned, conflict?.question, conflict?.fact.id, conflict?.inOtherWords],
        [false, 'Who has Brent?', 'b', true],
      );
      assert.equal(learner.isLearned('c'), false);
      assert.equal((await teacher.teach(other)).learned, true);
    });

    it('teaches what takes that fact’s place, says the same, or is answered by none', async () => {
      const { teacher } = setUp('margin', new Paraphrasing());
      await teacher.teach(bob);
      for (const [lesson, insteadOf] of [
        [{ ...other, answer: 'Bob', statement: bob.statement }, []],
        [fact('d', 'Zed', 'Cleo'), []],
        [{ ...other, id: 'e' }, ['b', 'c']],
      ] as const) {
        const { learned, conflict } = await teacher.teach(lesson, { insteadOf, askFirst: true });
        assert.deepEqual([learned, conflict], [true, undefined]);
      }
    });
  });

  it('keeps a replaced fact when the new one is not learned', async () => {
    const { learner, teacher } = setUp();
    await teacher.teach(bob);
    const before = learner.memory;
    const taught = await teacher.teach(
      { ...fact('c', 'Brent', 'Cleo'), answer: 'nobody' },
      { insteadOf: ['b'] },
    );
    assert.equal(taught.learned, false);
    assert.equal(learner.memory, before);
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
      assert.equal(learner.memory, before, phase);
    }
  });
});

describe('verification', () => {
  const many = Array.from({ length: 14 }, (_, n) => ({
    ...fact(`${n + 10}`, `Subject${n}`, `Answer${n}`),
    questions: [`Who owns Subject${n}?`],
  }));
  const newcomer = fact('99', 'Newcomer', 'Eve');
  const controls = Array.from({ length: 30 }, (_, n) => ({
    question: `What is Control${n}?`,
    answer: 'Need more information.',
  }));

  it('does not ask more when more facts are held', async () => {
    const recordings: number[] = [];
    for (const held of [many.slice(0, 2), many]) {
      const { model, learner, teacher } = setUp('margin', new FakeModel({ controls }));
      await learner.sync(held);
      await teacher.teach(fact('98', 'First', 'Ada'));
      const before = model.recordings + model.asked.length;
      assert.equal((await teacher.teach(newcomer)).learned, true);
      recordings.push(model.recordings + model.asked.length - before);
    }
    // Of 12 facts more at most 8 are asked, and by one prefill where they are still recalled.
    assert.ok(recordings[1]! - recordings[0]! <= 8, recordings.join());
  });

  it('replays all where a fact that takes the place of a settled one would leave too many to be written at once', async () => {
    const crowd = Array.from({ length: 102 }, (_, n) => fact(`c${n}`, `Entity${n}`, `Person${n}`));
    const { learner, teacher } = setUp();
    await learner.sync(crowd);
    await consolidate(learner);
    const edited = fact('edited', 'Entity7', 'Grace');
    const steps: string[] = [];
    const onProgress = (phase: string, done: number): void => void steps.push(`${phase} ${done}`);
    assert.equal((await teacher.teach(edited, { insteadOf: ['c7'], onProgress })).learned, true);
    assert.equal(learner.consolidation.isSettled, true);
    assert.equal(steps.filter((step) => step === 'instruct 0').length, 1, 'at the first attempt');
    assert.equal((await learner.ask('Who owns Entity7?')).answer, 'Grace');
    assert.equal((await learner.ask('Who owns Entity8?')).answer, 'Person8');
  }).timeout(60_000);

  it('loses none of those that are written at once where one takes the place of a settled one', async () => {
    const crowd = Array.from({ length: 8 }, (_, n) => fact(`c${n}`, `Entity${n}`, `Person${n}`));
    const { learner, teacher } = setUp();
    await learner.sync(crowd);
    const lost = async (): Promise<string[]> => {
      const asked = await Promise.all(crowd.map(({ questions }) => learner.ask(questions[0]!)));
      return crowd.filter(({ answer }, n) => asked[n]?.answer !== answer).map(({ id }) => id);
    };
    assert.deepEqual(await lost(), ['c3'], 'written at once');
    await consolidate(learner);
    assert.deepEqual(await lost(), []);
    const edited = fact('edited', 'Entity4', 'Grace');
    assert.equal((await teacher.teach(edited, { insteadOf: ['c4'] })).learned, true);
    assert.deepEqual(await lost(), ['c4']);
  });

  it('finds the fact that a write would destroy, and refuses that', async () => {
    const { learner, teacher } = setUp();
    await learner.sync(many);
    // Another question with the very same key, as the fake model sees it, and another answer.
    const rival = { ...newcomer, questions: ['who owns subject7'], answer: 'Eve' };
    const state = learner.consolidation.change([], new Map([['99', await learner.record(rival)]]));
    assert.equal(endangered(learner.consolidation, state)[0], '17');
    const refused = await teacher.teach({ ...rival, questions: ['who owns subject7!'] });
    assert.equal(refused.learned, false);
  });

  it('finds the fact that what is taken out had held', async () => {
    const { learner } = setUp();
    await learner.sync(many);
    // Nearly nothing is written for it, since another fact with the same key writes the same.
    const [other, same] = [many[6]!, many[7]!];
    const engram = await learner.record(same);
    const leaning = { ...engram, significance: engram.significance.map(() => 0.01) };
    const both = learner.consolidation.change([], new Map([['leaning', leaning]]));
    assert.deepEqual(endangered(both, both.change([other.id])), []);
    assert.deepEqual(endangered(both, both.change([same.id])), ['leaning']);
  });

  it('refuses what changes most controls', async () => {
    const drifting = new FakeModel({ controls: controls.map((control) => ({ ...control, answer: 'Bob' })) });
    const { learner, teacher } = setUp('margin', drifting);
    assert.equal((await teacher.teach(ada)).learned, true, 'the untaught model’s own answers count');
    const changed = { ...controls[0]!, question: 'Who owns Brent?' };
    const few = setUp('margin', new FakeModel({ controls: [changed] }));
    const taught = await few.teacher.teach(bob);
    assert.equal(taught.learned, false);
    assert.match(taught.reason ?? '', /unrelated answers \(“Who owns Brent\?”\)/);
    assert.equal(few.learner.memory, few.model.base);
    assert.equal(learner.isLearned('a'), true);
  });
});

describe('attribution', () => {
  it('names the fact whose removal changes the answer', async () => {
    const { learner } = setUp();
    const facts = [ada, bob, fact('c', 'Zed', 'Cleo'), fact('d', 'Wex', 'Dan')];
    await learner.sync(facts);
    for (const { id, questions, answer } of facts) {
      const asked = await learner.ask(questions[0]!);
      assert.equal(asked.answer, answer);
      assert.deepEqual(asked.fired[0]?.factId, id);
      await learner.sync(facts.filter((other) => other.id !== id));
      assert.equal((await learner.ask(questions[0]!)).abstained, true);
      await learner.sync(facts);
    }
  });

  it('still names it after consolidation, and among facts learned on top', async () => {
    const { learner } = setUp('margin', new FakeModel({ controls: [{ question: 'Why?', answer: 'So' }] }));
    await learner.sync([ada, bob]);
    await consolidate(learner);
    await learner.sync([ada, bob, fact('c', 'Zed', 'Cleo')]);
    for (const [subject, id] of [
      ['Xalor', 'a'],
      ['Brent', 'b'],
      ['Zed', 'c'],
    ]) {
      assert.equal((await learner.ask(`Who owns ${subject}?`)).fired[0]?.factId, id);
    }
  });

  it('is needed for what learning says: else the untaught model answers', async () => {
    class Mumbling extends FakeModel {
      override async generate(
        ...[prompt, memory, options]: Parameters<FakeModel['generate']>
      ): Promise<Generation> {
        const generation = await super.generate(prompt, memory, options);
        return memory === this.base ? generation : { ...generation, text: 'Adaline' };
      }
    }
    const { learner } = setUp('margin', new Mumbling());
    await learner.sync([ada]);
    const { answer, abstained, fired } = await learner.ask('Who owns Xalor?');
    assert.deepEqual([answer, abstained, fired], ['Need more information.', true, []]);
  });

  it('names nothing when the untaught model says the same', async () => {
    const { learner } = setUp();
    await learner.sync([ada]);
    const { answer, fired } = await learner.ask('Who owns Xalor?', { statement: ada.statement });
    assert.deepEqual([answer, fired], ['Ada Lovelace', []]);
  });
});

describe('what was not asked since it was written', () => {
  it('is what came without a teaching, until it is asked, or gone', async () => {
    const { learner, teacher } = setUp();
    const zed = fact('c', 'Zed', 'Cleo');
    await learner.sync([ada, bob]);
    assert.equal(learner.unverified, 2);
    await learner.sync([ada]);
    assert.equal(learner.unverified, 1);
    await learner.sync([{ ...ada, answer: 'Lovelace' }]);
    assert.equal(learner.unverified, 1);
    await teacher.teach(bob);
    assert.equal(learner.unverified, 1);
    await consolidate(learner);
    await teacher.teach(zed);
    assert.equal(learner.unverified, 0);
    await learner.sync([bob, zed]);
    assert.equal(learner.unverified, 2, 'they lost what they were settled with');
  });
});

describe('consolidate', () => {
  const facts = [ada, bob, fact('c', 'Zed', 'Cleo')];

  it('replays, asks all facts under the new weight alone if it recalls them, and keeps it', async () => {
    const { learner } = setUp();
    await learner.sync(facts);
    const before = learner.memory;
    const progress: string[] = [];
    const result = await consolidate(learner, {
      onProgress: (phase, done, total) => progress.push(`${phase} ${done}/${total}`),
    });
    assert.deepEqual(result, { kept: true, asked: 3, recalledAfter: 3, forgotten: [] });
    assert.notEqual(learner.memory.version, before.version);
    assert.equal(learner.consolidation.isSettled, true);
    assert.deepEqual([progress[0], ...progress.slice(-2)], ['replay 0/1', 'verify 3/6', 'verify 6/6']);
  });

  it('asks each fact once where the replay changes nothing', async () => {
    const { learner } = setUp();
    await learner.sync(facts);
    await consolidate(learner);
    const verified: number[] = [];
    const again = await consolidate(learner, {
      onProgress: (phase, _, total) => phase === 'verify' && verified.push(total),
    });
    assert.deepEqual([again.kept, again.recalledAfter], [true, 3]);
    assert.deepEqual([...new Set(verified)], [3]);
  });

  it('keeps the old weight when fewer facts are recalled by the new one', async () => {
    // Three sweeps at a margin so small that nothing gets written.
    const { learner } = setUp('margin', new FakeModel({ margin: { replay_share: 1e-6, replay_sweeps: 1 } }));
    await learner.sync(facts);
    const before = learner.memory;
    const result = await consolidate(learner);
    assert.equal(result.kept, false);
    assert.equal(result.recalledBefore, 3);
    assert.ok(result.recalledAfter < 3);
    assert.deepEqual(result.forgotten, []);
    assert.equal(learner.memory, before);
  });

  it('tells of the controls that it records before it replays', async () => {
    const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 12));
    const controls = ['Rome', 'Oslo', 'Bern'].map((answer) => ({ question: `What is ${answer}?`, answer }));
    const { learner } = setUp('margin', new FakeModel({ wait, controls }));
    await learner.sync([ada, bob]);
    const told: string[] = [];
    await consolidate(learner, {
      onProgress: (phase, done, total) => phase !== 'verify' && told.push(`${phase} ${done} of ${total}`),
    });
    assert.deepEqual(told.slice(0, 4), ['record 1 of 3', 'record 2 of 3', 'record 3 of 3', 'replay 0 of 1']);
  });

  it('leaves the old weight when it is stopped', async () => {
    const { learner } = setUp();
    await learner.sync(facts);
    const before = learner.memory;
    for (const phase of ['replay', 'verify']) {
      const controller = new AbortController();
      const stopped = consolidate(learner, {
        signal: controller.signal,
        onProgress: (now) => now === phase && controller.abort(),
      });
      await assert.rejects(stopped, { name: 'AbortError' });
      assert.equal(learner.memory, before, phase);
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
      assert.deepEqual(contentOf(learner.memory), contentOf(only.memory));
      await learner.sync([bob, ada]);
      assert.deepEqual(contentOf(learner.memory), contentOf(both));
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
