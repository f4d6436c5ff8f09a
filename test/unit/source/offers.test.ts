import assert from 'node:assert/strict';
import type { Draft } from '../../../sidecar/protocol';
import { distinctOffers, offersOf, rivalsOf, type Offer } from '../../../src/source/offers';

function draftOf(statement: string, question: string, answer: string, others: Draft['others'] = []): Draft {
  return { statement, questions: [question], answer, from: 'statement', others };
}

function offer(statement: string, question: string, answer: string): Offer {
  return { selected: { statement }, text: statement, draft: draftOf(statement, question, answer) };
}

describe('offers of a line', () => {
  const head = '| Service | Port | TLS |';
  const text = '| Xalor | 8443 | yes |';
  const statement = `${head}\n|---|---|---|\n${text}`;
  const others = [{ questions: ['What is the TLS of Xalor?'], answer: 'yes' }];
  const draft = draftOf(statement, 'What is the port of Xalor?', '8443', others);

  it('are of a row each cell, else one', () => {
    const answers = (isRow: boolean): string[] =>
      offersOf({ statement, text, isRow }, draft).map((each) => each.draft.answer);
    assert.deepEqual(answers(true), ['8443', 'yes']);
    assert.deepEqual(answers(false), ['8443']);
    assert.equal(offersOf({ statement, text, isRow: true }, draft)[0]?.text, text);
  });

  it('answer with what the line says itself, not its head', () => {
    const ofHead = draftOf(statement, 'What is the value of Service?', 'Port');
    assert.deepEqual(offersOf({ statement, text, isRow: true }, ofHead), []);
  });

  for (const [heading, answer] of [
    ['Setup (optional)', 'Setup'],
    ['Ports;', 'Ports'],
    ['"Hello world",', 'Hello world'],
    ['foo();', 'foo()'],
    ['Notes', 'Notes'],
    ['Setup', ''],
  ] as const) {
    it(`are none of “${heading}”, which only names something`, () => {
      const line = { statement: heading, text: heading, isRow: false };
      assert.deepEqual(offersOf(line, draftOf(heading, 'What should I know?', answer)), []);
    });
  }
});

describe('offers of several lines', () => {
  it('are each fact once', () => {
    const one = offer('Ada owns Xalor.', 'Who owns Xalor?', 'Ada');
    const other = offer('Xalor is owned by Ada.', 'Who owns Xalor?', 'Ada');
    const all = distinctOffers([one, offer('Ada owns Xalor.', 'Who owns Xalor?', 'Ada'), other]);
    assert.deepEqual(all, [one, other]);
    assert.equal(all[0], one);
  });

  it('are rivals where they answer one question differently', () => {
    const [one, again, other, apart] = [
      offer('port: 80', 'What is port?', '80'),
      offer('- port: 80', 'What is port?', '80'),
      offer('port: 90', 'what is port', '90'),
      offer('owner: Ada', 'What is owner?', 'Ada'),
    ] as const;
    assert.deepEqual(rivalsOf([one, again, other, apart]), new Set([one, again, other]));
    assert.deepEqual(rivalsOf([one, again, apart]), new Set());
  });
});
