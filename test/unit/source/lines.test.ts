import assert from 'node:assert/strict';
import { candidates } from '../../../sidecar/learning/draft/candidates';
import { piecesOf, statementOf } from '../../../src/source/lines';

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

  it('have no head where it names no column, nor that of the table above', () => {
    const table = '| A | B |\n|---|---|\n| x | 1 |\n|  |  |\n|---|---|\n| z | 3 |';
    assert.deepEqual(textsOf(table), ['| A | B |\n|---|---|\n| x | 1 |', '| z | 3 |']);
  });

  it('are rows of a table without marks, of three lines or more', () => {
    for (const mark of ['\t', ',', ';']) {
      const [head, ...rows] = [
        ['Service', 'Port', 'Owner'],
        ['Xalor', '8443', 'Ada'],
        ['Brent', '', 'Bob'],
      ].map((cells) => cells.join(mark));
      const told = rows.map((row) => `${head}\n${row}`);
      assert.deepEqual(textsOf(`Ports:\n${head}\n${rows.join('\n')}\nEnd`), ['Ports:', ...told, 'End']);
      assert.deepEqual(textsOf(`${head}\n${rows[0]}`), [head, rows[0]]);
      assert.equal(candidates(told[0] ?? '').questions[0], 'What is the port of Xalor?');
    }
    assert.equal(
      piecesOf('Service\tPort\nXalor\t1\nBrent\t2'.split('\n')).filter(({ isRow }) => isRow).length,
      2,
    );
  });

  it('are lines by themselves where prose or code only look like a table', () => {
    for (const lines of [
      ['Ada, Bob, and Eve meet', 'Red, blue, and green fit', 'One, two, and three add up'],
      ['Ada,Bob,Eve meet.', 'Red,blue,green fit.', 'One,two,three add up.'],
      ['draw(a,b,c)', 'fill(a,b,c)', 'move(a,b,c)'],
      ['\tport = 1', '\towner = 2', '\tteam = 3'],
      ['1,2,3', '4,5,6', '7,8,9'],
      ['Port,Port,Owner', '4,5,6', '7,8,9'],
    ]) {
      assert.deepEqual(textsOf(lines.join('\n')), lines);
    }
  });

  it('are settings, each with its sections', () => {
    assert.deepEqual(textsOf('[server]\nport = 80\n\n[[db]]\nport = 5432\nIn words.\nx = 1'), [
      '[server]',
      '[server]\nport = 80',
      '[[db]]',
      '[[db]]\nport = 5432',
      'In words.',
      'x = 1',
    ]);
    const yaml = 'services:\n  web:\n    # remark\n    port: 80\n  db:\n    port: 5432\nname: x\n';
    assert.deepEqual(textsOf(yaml).slice(3), [
      'services:\n  web:\n    port: 80',
      '  db:',
      'services:\n  db:\n    port: 5432',
      'name: x',
    ]);
    for (const text of ['[server]\nport = 80', 'server:\n  port: 80', 'server:\n  # remark\n  port: 80']) {
      assert.equal(candidates(textsOf(text).at(-1) ?? '').questions[0], 'What is the port of server?');
    }
    assert.deepEqual(textsOf('Ada said:\n  port: 80').at(-1), '  port: 80');
    assert.deepEqual(textsOf('server:\n  - port: 80').at(-1), '  - port: 80');
  });

  it('have their heads from above the lines that are wanted', () => {
    const table = ['| Service | Port |', '|---|---|', '| Xalor | 8443 |', '| Brent | 90 |', '', 'End'];
    assert.deepEqual(piecesOf(table, 3, 4), [{ start: 3, end: 3, head: table.slice(0, 2), isRow: true }]);
    const settings = ['[server]', 'host = x', 'port = 80'];
    assert.deepEqual(piecesOf(settings, 2), [{ start: 2, end: 2, head: ['[server]'], isRow: false }]);
    assert.deepEqual(piecesOf(['- An item', '  of two lines', 'End'], 1, 1), [
      { start: 1, end: 1, head: [], isRow: false },
    ]);
  });

  it('are none where there is nothing', () => {
    assert.deepEqual(textsOf(''), []);
  });
});

describe('statement of a piece', () => {
  it('is read whole, however wide its table is drawn', () => {
    const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.padEnd(90)).join(' | ')} |`;
    const rule = `|${Array.from({ length: 3 }, () => '-'.repeat(92)).join('|')}|`;
    const head = [row('Service', 'Port', 'Owner'), rule];
    const statement = statementOf({ head, isRow: true }, row('Xalor', '8443', 'Ada').trim());
    assert.equal(statement, '| Service | Port | Owner |\n|---|---|---|\n| Xalor | 8443 | Ada |');
  });

  it('keeps its blanks where it is no row', () => {
    const head = ['server:'];
    assert.equal(statementOf({ head, isRow: false }, '    port: 80'), 'server:\n    port: 80');
  });
});
