import assert from 'node:assert/strict';
import { isRightDraft, type FreeText } from '../../bench/freeText';
import type { Draft } from '../../../sidecar/learning/draft/draft';

const fact: FreeText = {
  kind: 'config',
  text: 'maxRetries: 5 # of the uploader',
  statement: 'maxRetries: 5 # of the uploader',
  question: 'What is maxRetries of the uploader?',
  answer: '5',
  answers: ['5 times'],
  about: ['maxRetries|retries', 'uploader'],
};
const drafted = (question: string, answer: string): Pick<Draft, 'questions' | 'answer'> => ({
  questions: [question],
  answer,
});

describe('drafts in the bench', () => {
  it('are right with one of the answers and a question that names all it must, in any case', () => {
    assert.ok(isRightDraft(drafted('How many RETRIES does the Uploader make?', '5'), fact));
    assert.ok(isRightDraft(drafted('What is maxRetries of the uploader?', '5 times'), fact));
  });

  it('are wrong with another answer, or a question that leaves out what it is about', () => {
    assert.ok(!isRightDraft(drafted('What is maxRetries of the uploader?', 'five'), fact));
    assert.ok(!isRightDraft(drafted('What is maxRetries?', '5'), fact));
    assert.ok(!isRightDraft({ ...drafted('', '5'), questions: [] }, fact));
  });
});
