import assert from 'node:assert/strict';
import { ask, CEO, quickfire, until } from '../support';

describe('a second window on the same folder', () => {
  it('still knows what the first one was taught', async () => {
    const api = await quickfire();
    await until('the fact', () =>
      api.facts().some(({ answer, learned }) => answer === CEO.answer && learned),
    );
    const { answer, fired } = await ask(CEO.question);
    assert.equal(answer, CEO.answer);
    assert.equal(fired[0]?.factId, api.facts()[0]?.id);
  });
});
