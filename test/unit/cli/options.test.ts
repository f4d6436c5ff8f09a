import assert from 'node:assert/strict';
import { parseRows } from '../../../sidecar/cli/check';
import { readOptions, UsageError } from '../../../sidecar/cli/options';
import { draw, randomOf } from '../../../sidecar/random';
import { table } from '../../../sidecar/cli/table';

describe('terminal client', () => {
  it('reads its command line', () => {
    const options = readOptions([
      'teach',
      'A is B.',
      '-q',
      'What is A?',
      '-q',
      'A?',
      '--answer',
      'B',
      '--rule',
      'hebbian',
    ]);
    assert.deepEqual([options.command, options.args, options.rule], ['teach', ['A is B.'], 'hebbian']);
    assert.deepEqual([options.questions, options.answer], [['What is A?', 'A?'], 'B']);
  });

  for (const argv of [
    ['--rule', 'magic'],
    ['--provider', 'abacus'],
    ['--pairs', 'x'],
    ['--seed', '-1'],
    ['--nonsense'],
  ]) {
    it(`refuses ${argv.join(' ')}`, () => assert.throws(() => readOptions(argv), UsageError));
  }

  it('reads rows with and without a heading', () => {
    const row = { statement: 's', question: 'q', paraphrase: '', answer: 'a' };
    assert.deepEqual(parseRows('statement\tquestion\tparaphrase\tanswer\r\ns\tq\t\ta\r\n\r\n', 'f'), [row]);
    assert.deepEqual(parseRows('s\tq\t\ta', 'f'), [row]);
  });

  it('names the line of a row that is not one', () => {
    assert.throws(() => parseRows('s\tq\tp\ta\ns\tq\n', 'f.tsv'), /f\.tsv:2: expected 4 columns/);
    assert.throws(() => parseRows('s\tq\tp\t \n', 'f.tsv'), /f\.tsv:1/);
  });

  it('draws by the seed, without repeats', () => {
    const items = Array.from({ length: 50 }, (_, n) => n);
    const drawn = draw(items, 20, randomOf(7));
    assert.deepEqual(drawn, draw(items, 20, randomOf(7)));
    assert.notDeepEqual(drawn, draw(items, 20, randomOf(8)));
    assert.equal(new Set(drawn).size, 20);
  });

  it('aligns a table', () => {
    assert.equal(
      table(
        ['a', 'n'],
        [
          ['xyz', 5],
          ['x', 12],
        ],
      ),
      'a     n\n---  --\nxyz   5\nx    12',
    );
  });
});
