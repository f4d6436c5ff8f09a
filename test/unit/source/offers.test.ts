import assert from 'node:assert/strict';
import type { Draft } from '../../../sidecar/protocol';
import type { Line } from '../../../src/source/selection';
import { distinctOffers, offersOf, rivalsOf, unknownOffers, type Offer } from '../../../src/source/offers';

function draftOf(statement: string, question: string, answer: string, others: Draft['others'] = []): Draft {
  return { statement, questions: [question], answer, from: 'statement', others };
}

function offer(statement: string, question: string, answer: string): Offer {
  return { selected: { statement }, text: statement, draft: draftOf(statement, question, answer) };
}

describe('offers of a line', () => {
  const head = '| Service | Port | TLS |\n|---|---|---|';
  const text = 'Xalor;8443;yes';
  const row = '| Xalor | 8443 | yes |';
  const statement = `${head}\n${row}`;
  const others = [{ questions: ['What is the TLS of Xalor?'], answer: 'yes' }];
  const draft = draftOf(statement, 'What is the port of Xalor?', '8443', others);

  it('are of a row each cell, else one', () => {
    const answers = (line: Line): string[] => offersOf(line, draft).map((each) => each.draft.answer);
    assert.deepEqual(answers({ statement, text, row }), ['8443', 'yes']);
    assert.deepEqual(answers({ statement, text }), ['8443']);
    assert.equal(offersOf({ statement, text, row }, draft)[0]?.text, text);
  });

  it('answer with what the line says itself, not its head', () => {
    const ofHead = draftOf(statement, 'What is the value of Service?', 'Port', others);
    const found = [row, undefined].map((each) => offersOf({ statement, text, row: each }, ofHead));
    assert.deepEqual(
      found.map((offers) => offers.map((each) => each.draft.answer)),
      [['yes'], ['yes']],
    );
  });

  it('answer with a word, a number or a mark', () => {
    const answers = ['{', '{}', '[', '—', '✓', 'x'];
    const cells = answers.map((answer) => ({ questions: ['What is it?'], answer }));
    const told = answers.join(' ');
    const found = offersOf({ statement: told, text: told, row: told }, draftOf(told, 'What?', '', cells));
    assert.deepEqual(
      found.map((each) => each.draft.answer),
      ['✓', 'x'],
    );
  });

  it('are none of a text without a known form', () => {
    const none: Draft = { ...draftOf('Notes', 'What does the note say?', 'Notes'), from: 'fallback' };
    assert.deepEqual(offersOf({ statement: 'Notes', text: 'Notes' }, none), []);
  });
});

describe('offers of several lines', () => {
  it('are each fact once', () => {
    const one = offer('Ada owns Xalor.', 'Who owns Xalor?', 'Ada');
    const other = offer('Xalor is owned by Ada.', 'Who owns Xalor?', 'Ada');
    const all = distinctOffers([one, offer('Ada owns Xalor.', 'Who owns Xalor?', 'Ada'), other]);
    assert.deepEqual(all, [one, other]);
    assert.equal(all[0], one);
  });

  it('are unknown where no enabled fact asks and answers alike', () => {
    const [known, changed, off] = [
      offer('| Xalor | 80 |', 'What is the port of Xalor?', '80'),
      offer('| Brent | 90 |', 'What is the port of Brent?', '90'),
      offer('| Cedar | 70 |', 'What is the port of Cedar?', '70'),
    ] as const;
    const facts = [
      { questions: ['Port of Xalor', 'what is the port of Xalor'], answer: '80.', enabled: true },
      { questions: ['What is the port of Brent?'], answer: '91', enabled: true },
      { questions: ['What is the port of Cedar?'], answer: '70', enabled: false },
    ];
    assert.deepEqual(unknownOffers([known, changed, off], facts), [changed, off]);
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
