import assert from 'node:assert/strict';
import { otherWordings } from '../../../sidecar/learning/wordings';

describe('other wordings of a question', () => {
  it('are its keywords, and these with the first one last', () => {
    assert.deepEqual(otherWordings('What is the retry limit of billing-api?'), [
      'retry limit billing-api?',
      'limit billing-api retry?',
    ]);
  });

  it('keep the word that tells two questions apart', () => {
    for (const pair of [
      ['When is the standup?', 'Where is the standup?'],
      ['What is the port of Kestrel?', 'What was the port of Kestrel?'],
      ['What is Kestrel used for?', 'What is Kestrel used by?'],
    ]) {
      const all = pair.flatMap(otherWordings);
      assert.equal(new Set(all).size, all.length, pair.join(' '));
    }
  });

  it('leave names as they are written', () => {
    for (const wording of otherWordings('Qi leads which company?')) assert.match(wording, /\bQi\b/);
  });

  it('are never the question itself, and each only once', () => {
    for (const question of ['port?', 'Port of X', 'the X?', 'Welcher Port gehört zu billing-api?', 'X']) {
      const wordings = otherWordings(question);
      assert.ok(!wordings.includes(question), question);
      assert.equal(new Set(wordings).size, wordings.length);
    }
  });

  it('are none where the question says nothing', () => {
    for (const question of ['?', 'What is the?']) assert.deepEqual(otherWordings(question), []);
  });
});
