import assert from 'node:assert/strict';
import { similarQuestions } from '../../../sidecar/learning/similar';

const facts = [
  { questions: ['Who owns auth service?'] },
  { questions: ['Which port does billing-gateway listen on?', 'What is billing-gateway’s port?'] },
  { questions: ['What is the timeout of search-indexer?'] },
];

describe('similar questions', () => {
  it('share a word that says what is asked about, also misspelled or longer', () => {
    const expected = ['Who owns auth service?'];
    for (const asked of ['Who is in charge of the auth team?', 'WHAT ABOUT THE SERVICES?', 'servcie?']) {
      assert.deepEqual(similarQuestions(asked, facts), expected, asked);
    }
  });

  it('are not those that only ask in the same way', () => {
    assert.deepEqual(similarQuestions('What is the capital of France?', facts), []);
    assert.deepEqual(similarQuestions('Who is it?', facts), []);
  });

  it('name each fact once, in its nearest words, nearest first', () => {
    assert.deepEqual(similarQuestions('On which port does billing-gateway listen? And timeout?', facts), [
      'Which port does billing-gateway listen on?',
      'What is the timeout of search-indexer?',
    ]);
  });

  it('are a few', () => {
    const many = ['a1', 'b2', 'c3', 'd4'].map((name) => ({ questions: [`What is the port of ${name}?`] }));
    assert.equal(similarQuestions('Which port has e5?', many).length, 3);
  });
});
