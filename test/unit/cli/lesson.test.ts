import assert from 'node:assert/strict';
import { lessonOf } from '../../../sidecar/cli/lesson';
import type { Draft } from '../../../sidecar/protocol';

const draft: Draft = {
  statement: 'The port of Xalor is 8443 and its owner is Ada.',
  questions: ['What is the owner of Xalor?'],
  answer: 'Ada',
  from: 'statement',
  others: [{ questions: ['What is the port of Xalor?'], answer: '8443' }],
};

describe('lesson of the terminal', () => {
  it('is the draft where nothing is given', () => {
    const { questions, answer } = draft;
    assert.deepEqual(lessonOf(draft, { questions: [] }), { questions, answer });
  });

  it('is what is given where both are', () => {
    const given = { questions: ['Who?'], answer: 'Bob' };
    assert.deepEqual(lessonOf(draft, given), given);
  });

  it('takes the answer from the suggestion that asks the given question', () => {
    const questions = ['what is the port of Xalor'];
    assert.deepEqual(lessonOf(draft, { questions }), { questions, answer: '8443' });
  });

  it('takes the only answer for a question in other words', () => {
    const questions = ['Who has Xalor?'];
    assert.deepEqual(lessonOf({ ...draft, others: [] }, { questions }), { questions, answer: 'Ada' });
  });

  it('gives two questions with two answers neither', () => {
    const questions = ['What is the port of Xalor?', 'What is the owner of Xalor?'];
    assert.throws(() => lessonOf(draft, { questions }), /Pass the answer with -a/);
  });

  it('takes the question from the suggestion that has the given answer', () => {
    const [{ questions } = { questions: [] }] = draft.others;
    assert.deepEqual(lessonOf(draft, { questions: [], answer: '8443.' }), { questions, answer: '8443.' });
  });

  it('refuses a question or an answer that no suggestion has, and says what to give', () => {
    assert.throws(() => lessonOf(draft, { questions: ['Where is Xalor?'] }), /Pass the answer with -a/);
    assert.throws(() => lessonOf(draft, { questions: [], answer: 'Bob' }), /Pass the question with -q/);
  });
});
