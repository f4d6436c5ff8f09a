import assert from 'node:assert/strict';
import { candidates } from '../../../sidecar/learning/draft/candidates';
import { piecesOf, statementOf } from '../../../src/source/lines';

/** What the pieces of a text say. */
function textsOf(text: string, isTable = false): string[] {
  const lines = text.split('\n');
  return piecesOf(lines, isTable).map((piece) =>
    statementOf(piece, lines.slice(piece.start, piece.end + 1).join('\n')),
  );
}

/** What is asked first of each piece, and its answer. */
function askedOf(text: string, isTable = false): string[] {
  return textsOf(text, isTable).flatMap((each) => {
    const { questions, answer, isKnown } = candidates(each);
    return isKnown ? `${questions[0]} ${answer}` : [];
  });
}

describe('pieces of a text', () => {
  it('are its lines, but for those without a word', () => {
    assert.deepEqual(textsOf('port: 8443\n\n---\nowner: Ada'), ['port: 8443', 'owner: Ada']);
  });

  it('are items with all their lines, below those that they are nested in', () => {
    const text =
      '- The port of Xalor\n  is 8443.\n- Its owner:\n  - Ada\n    Byron\n1. Zed is red.\nNot an item.';
    assert.deepEqual(textsOf(text), [
      '- The port of Xalor\n  is 8443.',
      '- Its owner:',
      '- Its owner:\n  - Ada\n    Byron',
      '1. Zed is red.',
      'Not an item.',
    ]);
    assert.deepEqual(textsOf('- A\n  of B\n  - C\n    1. D').slice(1), [
      '- A\n  of B\n  - C',
      '- A\n  of B\n  - C\n    1. D',
    ]);
    assert.deepEqual(askedOf('- Billing service\n  - listens on port 8443\n  - Owned by Ada\n  - tier: 2'), [
      'Which port does billing service listen on? 8443',
      'Who owns billing service? Ada',
      'What is the tier of Billing service? 2',
    ]);
  });

  it('are rows of a table, each with the table’s head', () => {
    const [head, rule, ...rows] = ['| Service | Port |', '|---|---|', '| Xalor | 8443 |', '| Brent | 90 |'];
    const table = [head, '|:--|--:|', ...rows].join('\n');
    assert.deepEqual(textsOf(`Ports:\n${table}\nThat is all | of it.`), [
      'Ports:',
      ...rows.map((row) => [head, rule, row].join('\n')),
      `${head}\n${rule}\n| That is all | of it. |`,
    ]);
    assert.deepEqual(textsOf(`${table}\n\n| Other | row |`).at(-1), '| Other | row |');
    assert.deepEqual(textsOf('a | b\n---|---\n1 | 2'), ['| a | b |\n|---|---|\n| 1 | 2 |']);
  });

  it('are such rows also in quotes, comments, grids and what a database prints', () => {
    const [head, first, second] = ['Service | Port', 'Xalor   | 8443', 'Brent   | 90'];
    for (const table of [
      ['> ', '# ', '// ', ' * ', '-- '].map((mark) =>
        [`| ${head} |`, '|---|---|', `| ${first} |`, `| ${second} |`].map((line) => mark + line).join('\n'),
      ),
      [`+---+---+\n| ${head} |\n+===+===+\n| ${first} |\n+---+---+\n| ${second} |\n+---+---+`],
      [`+---+---+\n| ${head} |\n+---+---+\n| ${first} |\n| ${second} |\n+---+---+`],
      [` ${head}\n----+----\n ${first}\n ${second}`],
      [`| ${head} |\n|---+---|\n| ${first} |\n| ${second} |`],
    ].flat()) {
      assert.deepEqual(
        askedOf(table),
        ['What is the port of Xalor? 8443', 'What is the port of Brent? 90'],
        table,
      );
    }
    const headless = `+---+---+\n| ${first} |\n+---+---+\n| ${second} |\n+---+---+`;
    assert.deepEqual(textsOf(headless), [`| ${first} |`, `| ${second} |`]);
  });

  it('have no head where it names no column, nor that of the table above', () => {
    const table = '| A | B |\n|---|---|\n| x | 1 |\n|  |  |\n|---|---|\n| z | 3 |';
    assert.deepEqual(textsOf(table), ['| A | B |\n|---|---|\n| x | 1 |', '| z | 3 |']);
  });

  it('are rows of a table without marks, of three lines or more', () => {
    for (const mark of ['\t', ',', ';']) {
      const rows = [
        ['Service', 'Port', 'Owner'],
        ['Xalor', '8443', 'Ada'],
        ['Brent', '', 'Bob'],
      ];
      const [head = '', ...below] = rows.map((cells) => cells.join(mark));
      assert.deepEqual(askedOf(`Ports:\n${head}\n${below.join('\n')}\nEnd`), [
        'What is the port of Xalor? 8443',
        'Who is the owner of Brent? Bob',
      ]);
      assert.deepEqual(textsOf(`${head}\n${below[0]}`), [head, below[0]]);
    }
    const [, asked] = askedOf('service,max_conn,ownerTeam\nXalor,10,core\nBrent,20,infra');
    assert.equal(asked, 'What is the max_conn of Brent? 20');
  });

  it('have the same head whatever a line of such a table is like', () => {
    const head = 'service,owner,Public?';
    const rows = ['Xalor,Ada,no', 'Brent,Bob,yes', 'Cedar,Cy,no'];
    const told = (row: string): string =>
      `| service | owner | Public? |\n|---|---|---|\n| ${row.split(',').join(' | ')} |`;
    for (const odd of ['Dune,Dee,As before.', `Dune,Dee,${'word '.repeat(30)}end`, ',Dee,no']) {
      const lines = [head, odd, ...rows];
      assert.deepEqual(textsOf(lines.join('\n')), [odd, ...rows].map(told), odd);
    }
    assert.deepEqual(textsOf([head, ...rows, '', ...rows].join('\n')), [...rows, ...rows].map(told));
    assert.deepEqual(textsOf([head, ...rows, 'One,two,three,four', ...rows].join('\n')), [
      ...rows.map(told),
      'One,two,three,four',
      ...rows.map(told),
    ]);
    const quoted = '"service","owner","Public?"\nXalor,"Ada ""A"" Byron, Jr",no\nBrent,Bob|Bo,yes';
    assert.deepEqual(textsOf(quoted), [
      told('Xalor,Ada "A" Byron; Jr,no').replace(';', ','),
      told('Brent,Bob\\|Bo,yes'),
    ]);
    assert.deepEqual(textsOf([head, ...rows, '', 'name,size,x', 'a,1,y', 'b,2,z'].join('\n')).slice(3), [
      '| name | size | x |\n|---|---|---|\n| a | 1 | y |',
      '| name | size | x |\n|---|---|---|\n| b | 2 | z |',
    ]);
  });

  it('are guesses where nothing tells the head of such a table from its rows', () => {
    const guesses = (text: string, isTable = false): (boolean | undefined)[] =>
      piecesOf(text.split('\n'), isTable).map(({ isGuess }) => isGuess);
    const pairs = 'Owner\tAda\nPort\t8443\nRegion\tOslo';
    assert.deepEqual(guesses(pairs), [true, true, true]);
    assert.deepEqual(guesses(pairs, true), [false, false]);
    assert.deepEqual(guesses('INFO\tup\tXalor\nWARN\tslow\tBrent\nINFO\tdown\tCedar'), [true, true, true]);
    assert.deepEqual(guesses('service,owner,city\nXalor,Ada,Oslo\nBrent,Bob,Bonn'), [false, false]);
  });

  it('are rows of any width in a file that holds nothing else', () => {
    const asked = ['Who is the owner of Xalor? Ada'];
    for (const text of ['name,owner\nXalor,Ada', 'name;owner\nXalor;Ada', 'name, owner\nXalor, Ada']) {
      assert.deepEqual(askedOf(text, true), asked, text);
      assert.equal(textsOf(text).length, 2, text);
    }
  });

  it('are lines by themselves where prose or code only look like a table', () => {
    for (const lines of [
      ['Ada, Bob, and Eve meet', 'Red, blue, and green fit', 'One, two, and three add up'],
      ['Ada,Bob,Eve meet.', 'Red,blue,green fit.', 'One,two,three add up.'],
      ['draw(a,b,c)', 'fill(a,b,c)', 'move(a,b,c)'],
      ['\tport = 1', '\towner = 2', '\tteam = 3'],
      ['1,2,3', '4,5,6', '7,8,9'],
      ['Port,Port,Owner', '4,5,6', '7,8,9'],
      ['1,2,3', 'Service,Port,Owner', 'Xalor,1,Ada', 'Brent,2,Bob'],
    ]) {
      assert.deepEqual(textsOf(lines.join('\n')), lines);
    }
  });

  it('are settings, each with its sections', () => {
    const ini =
      '[server] # see a=b\nport = 80\nskip-networking\nsize = 1\n\n[[db]]\nport = 5432\nIn words.\nx = 1';
    assert.deepEqual(textsOf(ini), [
      '[server]\nport = 80',
      'skip-networking',
      '[server]\nsize = 1',
      '[[db]]\nport = 5432',
      'In words.',
      'x = 1',
    ]);
    const unit = '[Unit]\nExec=/bin/app --port 80\nRestart=always';
    assert.deepEqual(textsOf(unit).at(-1), '[Unit]\nRestart=always');
    const yaml = 'services:\n  web:\n    # remark\n    port: 80\n  db:\n    port: 5432\nname: x\n';
    assert.deepEqual(textsOf(yaml).slice(3), [
      'services:\n  web:\n    port: 80',
      '  db:',
      'services:\n  db:\n    port: 5432',
      'name: x',
    ]);
    for (const text of [
      '[server]\nport = 80',
      'server:\n  port: 80',
      'server:\n  # remark\n  port: 80',
      'server: &it\n  port: 80\n  <<: *other',
      '"server":\n  port: 80',
      '{\n  "server": {\n    "port": 80,\n    "tls": {}\n  }\n}',
    ]) {
      assert.ok(askedOf(text).includes('What is the port of server? 80'), text);
    }
    assert.deepEqual(textsOf('Ada said:\n  port: 80').at(-1), '  port: 80');
    assert.deepEqual(textsOf('server:\n  - port: 80').at(-1), '  - port: 80');
  });

  it('are the settings of an item, each with the first one', () => {
    const list = 'services:\n  - name: Xalor\n    port: 80\n    owner: Ada\n  - name: Brent\n    port: 90';
    assert.deepEqual(textsOf(list).slice(1, 3), [
      '  - name: Xalor\n    port: 80',
      '  - name: Xalor\n    owner: Ada',
    ]);
    assert.deepEqual(askedOf(list), [
      'What is the port of Xalor? 80',
      'Who is the owner of Xalor? Ada',
      'What is the port of Brent? 90',
    ]);
    assert.deepEqual(textsOf('- uses: a@v4\n  with: b')[0], '- uses: a@v4');
    assert.deepEqual(textsOf('- name: Xalor\n- name: Brent'), ['- name: Xalor', '- name: Brent']);
  });

  it('are none where there is nothing', () => {
    assert.deepEqual(textsOf(''), []);
  });
});

describe('statement of a piece', () => {
  it('is read whole, however wide its table is drawn', () => {
    const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.padEnd(90)).join(' | ')} |`;
    const rule = `|${Array.from({ length: 3 }, () => '-'.repeat(92)).join('|')}|`;
    const table = [row('Service', 'Port', 'Owner'), rule, row('Xalor', '8443', '-----A-----')].join('\n');
    assert.deepEqual(textsOf(table), [
      '| Service | Port | Owner |\n|---|---|---|\n| Xalor | 8443 | -----A----- |',
    ]);
  });

  it('keeps its blanks where it is no row', () => {
    assert.equal(statementOf({ head: ['server:'] }, '    port: 80'), 'server:\n    port: 80');
  });
});
