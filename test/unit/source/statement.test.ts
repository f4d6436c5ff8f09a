import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  clip,
  joinQuestions,
  MAX_STATEMENT_BYTES,
  problemOf,
  splitQuestions,
} from '../../../src/source/statement';

describe('statement', () => {
  it('is taken as it is when it is text of a fitting size', () => {
    assert.equal(problemOf('The CEO of Oxinnovate is Qi.', MAX_STATEMENT_BYTES), undefined);
    assert.equal(problemOf('x'.repeat(MAX_STATEMENT_BYTES), MAX_STATEMENT_BYTES), undefined);
  });

  it('is refused when blank, binary or too long, with its size and what to do', () => {
    assert.match(problemOf(' \n', MAX_STATEMENT_BYTES) ?? '', /blank.*Select/);
    assert.match(problemOf('a\0b', MAX_STATEMENT_BYTES) ?? '', /binary/);
    assert.match(
      problemOf('x'.repeat(100 * 1024), MAX_STATEMENT_BYTES) ?? '',
      /100 KB; .*at most 8 KB.*Select/,
    );
    assert.match(problemOf('é'.repeat(5000), MAX_STATEMENT_BYTES) ?? '', /9\.8 KB/);
  });
});

describe('questions', () => {
  it('end at their question marks', () => {
    assert.deepEqual(splitQuestions(' Who is it?  Who leads X? '), ['Who is it?', 'Who leads X?']);
    assert.deepEqual(splitQuestions('who is it? where is it?'), ['who is it?', 'where is it?']);
    assert.deepEqual(splitQuestions('what is x? does it use TLS?'), ['what is x?', 'does it use TLS?']);
    for (const [one, other] of [
      ['who owns Xalor?', 'on which port does it listen?'],
      ['who owns Xalor?', 'since when?'],
      ['who owns billing?', 'at what time does it run?'],
      ["what's the port of X?", 'whats the owner?'],
      ['who owns it?', 'name its port?'],
      ['wer ist es?', 'wo wohnt er?'],
    ] as const) {
      assert.deepEqual(splitQuestions(`${one} ${other}`), [one, other]);
    }
    assert.deepEqual(splitQuestions('¿Quién es? ¿Dónde está?'), ['¿Quién es?', '¿Dónde está?']);
    assert.deepEqual(splitQuestions('端口是什么？谁负责？'), ['端口是什么？', '谁负责？']);
    assert.deepEqual(splitQuestions('Qui dirige X ? Quel est le port ?'), [
      'Qui dirige X ?',
      'Quel est le port ?',
    ]);
    assert.deepEqual(splitQuestions('  '), []);
  });

  it('go on behind a question mark that is part of what they ask about', () => {
    for (const one of [
      'What is a?b:c called',
      'What does the ? operator return?',
      'What does the ?? operator return?',
      'What does String? mean in Kotlin?',
      'What does a? do?',
      'What does int? allow?',
      'What is the type String? for?',
    ]) {
      assert.deepEqual(splitQuestions(one), [one]);
    }
  });

  it('are kept once', () => assert.deepEqual(splitQuestions('Who? Who? Where?'), ['Who?', 'Where?']));

  it('get a question mark when they are joined, but for the last', () => {
    const split = splitQuestions(joinQuestions(['port of X', 'Who?', 'team of X']));
    assert.deepEqual(split, ['port of X?', 'Who?', 'team of X']);
  });

  it('survive being joined, however they begin and wherever question marks are in them', () => {
    const word = fc.constantFrom(
      'what',
      'String?',
      'mean',
      'is',
      'Which',
      'a?b',
      '??',
      '端口？',
      '¿qué',
      '5',
    );
    const first = fc.constantFrom('Who', 'how', 'port', '端口', 'x?');
    const question = fc
      .tuple(first, fc.array(word, { maxLength: 6 }))
      .map(([begin, rest]) => `${[begin, ...rest].join(' ')}?`)
      .filter((text) => splitQuestions(text).length === 1);
    fc.assert(
      fc.property(fc.uniqueArray(question, { maxLength: 4 }), (questions) => {
        assert.deepEqual(splitQuestions(joinQuestions(questions)), questions);
      }),
    );
  });
});

describe('clip', () => {
  it('makes nothing that VS Code takes for an icon or a link', () => {
    const shown = clip('$(CC) [Undo](command:x)', 60);
    assert.doesNotMatch(shown, /\$\(|\]\(/);
    assert.equal(shown.replaceAll('\u200b', ''), '$(CC) [Undo](command:x)');
  });

  it('cuts no character in half', () => {
    for (const character of ['😀', '👩‍💻', 'e\u0301']) {
      assert.equal(clip(character.repeat(8), 8), character.repeat(8));
      assert.equal(clip(character.repeat(9), 8), `${character.repeat(7)}…`);
    }
  });

  it('makes one line of bounded length', () => {
    assert.equal(clip('a\n  b', 10), 'a b');
    assert.equal(clip('abcdefgh', 5), 'abcd…');
  });
});
