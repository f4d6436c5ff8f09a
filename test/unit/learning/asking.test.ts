import assert from 'node:assert/strict';
import { MAX_ANSWER_TOKENS, ownAnswer } from '../../../sidecar/learning/asking';
import { FakeModel } from './fakeModel';

/** Would give an answer of so many tokens by itself; asked for it, stops at the limit. */
class Talkative extends FakeModel {
  constructor(private readonly length: number) {
    super();
  }

  override async record(...args: Parameters<FakeModel['record']>): ReturnType<FakeModel['record']> {
    return { ...(await super.record(...args)), correct: Array.from({ length: this.length }, () => true) };
  }

  override async generate(...args: Parameters<FakeModel['generate']>): ReturnType<FakeModel['generate']> {
    return { ...(await super.generate(...args)), text: 'cut off' };
  }
}

describe('the answer that a model gives by itself', () => {
  for (const [length, answer] of [
    [MAX_ANSWER_TOKENS, 'a long answer'],
    [MAX_ANSWER_TOKENS + 1, 'cut off'],
  ] as const) {
    it(`of ${length} tokens is ${answer}`, async () => {
      const model = new Talkative(length);
      assert.equal(
        await ownAnswer(model, { question: 'What?', answer: 'a long answer' }, model.base),
        answer,
      );
    });
  }
});
