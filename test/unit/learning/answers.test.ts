import assert from 'node:assert/strict';
import { withAnswer } from '../../../sidecar/learning/answers';

describe('a changed answer', () => {
  it('takes the place of the old one in the statement', () => {
    assert.equal(withAnswer('The port of X is 8443.', '8443', '9443'), 'The port of X is 9443.');
    assert.equal(withAnswer('X costs $5 (net).', '$5 (net)', "$& or $'"), "X costs $& or $'.");
  });

  for (const [what, statement, own, answer] of [
    ['says it already', 'The owner of X is Ada Lovelace.', 'Ada Lovelace', 'Lovelace'],
    ['has the old one twice', 'X runs on 5 of 5 hosts.', '5', '7'],
    ['has the old one only inside a word', 'X listens on 84430.', '8443', '9443'],
    ['does not have the old one', 'X uses TLS.', 'yes', 'no'],
  ] as const) {
    it(`leaves a statement alone that ${what}`, () => {
      assert.equal(withAnswer(statement, own, answer), statement);
    });
  }
});
