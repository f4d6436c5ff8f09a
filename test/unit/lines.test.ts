import assert from 'node:assert/strict';
import { piecesOf } from '../../src/source/lines';

/** The pieces' own texts, behind their heads. */
function textsOf(text: string): string[] {
  const lines = text.split('\n');
  return piecesOf(lines).map(({ start, end, head }) => [...head, ...lines.slice(start, end + 1)].join('\n'));
}

describe('pieces of a text', () => {
  it('are its lines, but for those without a word', () => {
    assert.deepEqual(textsOf('port: 8443\n\n---\nowner: Ada'), ['port: 8443', 'owner: Ada']);
  });

  it('are items with all their lines', () => {
    const text = '- The port of Xalor\n  is 8443.\n- Its owner:\n  - Ada\n1. Zed is red.\nNot an item.';
    assert.deepEqual(textsOf(text), [
      '- The port of Xalor\n  is 8443.',
      '- Its owner:',
      '  - Ada',
      '1. Zed is red.',
      'Not an item.',
    ]);
  });

  it('are rows of a table, each with the table’s head', () => {
    const [head, rule, ...rows] = ['| Service | Port |', '|:--|--:|', '| Xalor | 8443 |', '| Brent | 90 |'];
    const table = [head, rule, ...rows].join('\n');
    assert.deepEqual(textsOf(`Ports:\n${table}\nThat is all | of it.`), [
      'Ports:',
      ...rows.map((row) => [head, rule, row].join('\n')),
      `${head}\n${rule}\nThat is all | of it.`,
    ]);
    assert.deepEqual(textsOf(`${table}\n\n| Other | row |`).at(-1), '| Other | row |');
    assert.deepEqual(textsOf('a | b\n---|---\n1 | 2'), ['a | b\n---|---\n1 | 2']);
  });

  it('are none where there is nothing', () => {
    assert.deepEqual(textsOf(''), []);
  });
});
