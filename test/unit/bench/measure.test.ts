import assert from 'node:assert/strict';
import { idOf, type Control, type Item } from '../../bench/data';
import { measure, type Measure } from '../../bench/measure';
import { rate, Tally } from '../../bench/statistics';
import { consolidated } from '../../bench/systems/all';
import { allInPrompt, statementInPrompt } from '../../bench/systems/prompt';
import type { Reply, System } from '../../bench/systems/system';
import { Untaught } from '../../bench/untaught';
import { EngramCache } from '../../../sidecar/learning/engramCache';
import { FakeModel } from '../learning/fakeModel';

const ABSTENTION = 'Need more information.';
const item: Item = {
  statement: 'The port of drimble is Ada.',
  question: 'Which port does drimble use?',
  paraphrase: 'What is the port of drimble?',
  answer: 'Ada',
  neighbour: 'Which port does zarn use?',
  distractor: 'Who owns drimble?',
};
/** Another fact of the same statement. */
const other: Item = { ...item, question: 'Whose port is Ada?', answer: 'drimble' };
const controls: Control[] = [{ question: 'Who runs plunvik?', answer: ABSTENTION }];
const untaught = new Untaught(new FakeModel());

/** The rates of a system that gives these replies, and abstains from all else. */
async function ratesOf(replies: Readonly<Record<string, Reply>>): Promise<(measure: Measure) => number> {
  const ask = (question: string): Promise<Reply> =>
    Promise.resolve(replies[question] ?? { answer: ABSTENTION, named: [] });
  const system: System = { name: 'fake', untaught, hold: () => Promise.resolve({ ask }) };
  const tally = new Tally<Measure>();
  const asked = [{ item, crossed: 'Which port does quorr use?' }];
  await measure(system, await system.hold([item]), asked, controls, tally);
  return (name) => rate(tally.get(name));
}

describe('measures of the bench', () => {
  it('are perfect for a system that recalls, and says nothing to all else', async () => {
    const rates = await ratesOf({
      [item.question]: { answer: 'Ada.', named: [idOf(item)] },
      [item.paraphrase ?? '']: { answer: 'Ada' },
    });
    for (const name of ['recall', 'paraphrase', 'recallBound', 'namedFirst', 'namedNothing'] as const) {
      assert.equal(rates(name), 1, name);
    }
    for (const name of ['localityOut', 'neighbourhood', 'distractor', 'crossed'] as const) {
      assert.equal(rates(name), 1, name);
    }
    assert.equal(rates('abstentionLost'), 0);
  });

  it('see an answer that leaks to a neighbour, another relation, another subject, or a control', async () => {
    const leaked = { answer: 'Ada', named: [idOf(item)] };
    const rates = await ratesOf({
      'Which port does zarn use?': leaked,
      'Who owns drimble?': leaked,
      'Which port does quorr use?': leaked,
      'Who runs plunvik?': leaked,
    });
    for (const name of ['recall', 'localityOut', 'neighbourhood', 'distractor', 'crossed'] as const) {
      assert.equal(rates(name), 0, name);
    }
    assert.equal(rates('abstentionLost'), 1);
  });

  it('see a wrong fact of the same statement named first, and a fact named for an abstention', async () => {
    const rates = await ratesOf({
      [item.question]: { answer: 'Ada', named: [idOf(other), idOf(item)] },
      'Who owns drimble?': { answer: ABSTENTION, named: [idOf(item)] },
    });
    assert.equal(rates('recall'), 1);
    assert.equal(rates('namedFirst'), 0);
    assert.equal(rates('namedNothing'), 3 / 4);
  });
});

describe('what the bench teaches', () => {
  it('is named by the fact that gave the answer', async () => {
    const cache = new EngramCache(undefined, () => undefined);
    const eve = {
      ...item,
      statement: 'The port of zarn is Eve.',
      question: 'Which port does zarn use?',
      answer: 'Eve',
    };
    const holder = await consolidated(untaught, cache).hold([item, eve]);
    assert.deepEqual(await holder.ask(item.question), { answer: 'Ada', named: [idOf(item)] });
    assert.deepEqual(await holder.ask(eve.question), { answer: 'Eve', named: [idOf(eve)] });
  });
});

describe('prompts of the bench', () => {
  it('hold the statement that the question is about, and none for another question', async () => {
    const holder = await statementInPrompt(untaught).hold([item]);
    assert.equal((await holder.ask(item.question, item)).answer, 'Ada');
    assert.equal((await holder.ask(item.question)).answer, ABSTENTION);
  });

  it('hold the last statements that fit the context', async () => {
    const long = { ...item, statement: `${'word '.repeat(100)} is Bob.` };
    const small = new FakeModel();
    small.config.max_position_embeddings = 200;
    const holder = await allInPrompt(new Untaught(small)).hold([long, long, item]);
    assert.equal(holder.held, 1);
    assert.equal((await holder.ask(item.question)).answer, 'Ada');
  });
});
