import assert from 'node:assert/strict';
import { indexStatements } from '../../bench/systems/retrieval';

const statements = [
  'The timeout of drimble-api is 30 seconds.',
  'The owner of drimble-api is Vera.',
  'The timeout of zarn is 5 minutes.',
  'Logs are kept for a week.',
];

describe('retrieval by BM25', () => {
  it('finds the statement that shares the rare words first', () => {
    const find = indexStatements(statements);
    assert.equal(find('What is the timeout of zarn?', 3)[0], statements[2]);
    assert.equal(find('Who is the owner of drimble-api?', 3)[0], statements[1]);
  });

  it('gives at most as many as it is asked for, and none where nothing matches', () => {
    const find = indexStatements(statements);
    assert.equal(find('What is the timeout of drimble-api?', 2).length, 2);
    assert.deepEqual(find('qwertz', 3), []);
  });
});
