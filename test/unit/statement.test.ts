import assert from 'node:assert/strict';
import {
  clip,
  joinQuestions,
  MAX_STATEMENT_BYTES,
  problemOf,
  splitQuestions,
} from '../../src/source/statement';

describe('statement', () => {
  it('is taken as it is when it is text of a fitting size', () => {
    assert.equal(problemOf('The CEO of Oxinnovate is Qi.', MAX_STATEMENT_BYTES), undefined);
    assert.equal(problemOf('x'.repeat(MAX_STATEMENT_BYTES), MAX_STATEMENT_BYTES), undefined);
  });

  it('is refused when blank, binary or too long, with its size and what to do', () => {
    assert.match(problemOf(' \n', MAX_STATEMENT_BYTES) ?? '', /blank.*Highlight/);
    assert.match(problemOf('a\0b', MAX_STATEMENT_BYTES) ?? '', /binary/);
    assert.match(
      problemOf('x'.repeat(100 * 1024), MAX_STATEMENT_BYTES) ?? '',
      /100 KB; .*at most 8 KB.*Highlight/,
    );
    assert.match(problemOf('é'.repeat(5000), MAX_STATEMENT_BYTES) ?? '', /9\.8 KB/);
  });
});

describe('questions', () => {
  it('end at their question marks', () => {
    assert.deepEqual(splitQuestions(' Who is it?  Who leads X? '), ['Who is it?', 'Who leads X?']);
    for (const one of ['What is a?b:c called', 'What does the ? operator return?']) {
      assert.deepEqual(splitQuestions(one), [one]);
    }
    assert.deepEqual(splitQuestions('端口是什么？谁负责？'), ['端口是什么？', '谁负责？']);
    assert.deepEqual(splitQuestions('Qui dirige X ? Quel est le port ?'), [
      'Qui dirige X ?',
      'Quel est le port ?',
    ]);
    assert.deepEqual(splitQuestions('  '), []);
  });

  it('are kept once, and survive being joined', () => {
    assert.deepEqual(splitQuestions(joinQuestions(['port of X', 'Who?', 'team of X'])), [
      'port of X?',
      'Who?',
      'team of X',
    ]);
    const questions = splitQuestions('Who? Who? Where?');
    assert.deepEqual(questions, ['Who?', 'Where?']);
    assert.deepEqual(splitQuestions(joinQuestions(questions)), questions);
  });
});

describe('clip', () => {
  it('makes nothing that VS Code takes for an icon or a link', () => {
    const shown = clip('$(CC) [Undo](command:x)', 60);
    assert.doesNotMatch(shown, /\$\(|\]\(/);
    assert.equal(shown.replaceAll('\u200b', ''), '$(CC) [Undo](command:x)');
  });

  it('makes one line of bounded length', () => {
    assert.equal(clip('a\n  b', 10), 'a b');
    assert.equal(clip('abcdefgh', 5), 'abcd…');
  });
});
