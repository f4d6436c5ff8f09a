import assert from 'node:assert/strict';
import { crossedQuestions, subjectOf } from '../../bench/crossed';
import type { Item } from '../../bench/data';

const port: Item = {
  statement: 'We serve drimble-api on port 4711.',
  question: 'Which port does `drimble-api` listen on?',
  paraphrase: 'On what port is drimble-api?',
  answer: '4711',
  distractor: 'Who owns drimble-api?',
};
const owner: Item = {
  statement: 'Vera looks after the quorr worker.',
  question: "Who is the quorr worker's owner?",
  paraphrase: 'Who owns the quorr worker?',
  answer: 'Vera',
  distractor: 'What is the timeout of the quorr worker?',
};
const samePort: Item = {
  ...port,
  statement: 'Port 80 belongs to zarn.',
  question: 'Which port does zarn listen on?',
  paraphrase: 'On what port is zarn?',
  distractor: 'Who owns zarn?',
};
const first = (): number => 0;

describe('crossed questions of the bench', () => {
  it('find the subject that all texts of an item share', () => {
    assert.equal(subjectOf(port), 'drimble-api');
    assert.equal(subjectOf(owner), 'quorr worker');
    assert.equal(subjectOf({ ...port, distractor: undefined }), undefined);
  });

  it('put a question to a taught subject of another relation', () => {
    assert.deepEqual(crossedQuestions([port], [port, samePort, owner], first), [
      'Which port does `quorr worker` listen on?',
    ]);
  });

  it('are not made of a subject whose own fact answers them', () => {
    assert.deepEqual(crossedQuestions([port], [port, samePort], first), [undefined]);
  });
});
