import assert from 'node:assert/strict';
import { siblingControls } from '../../../sidecar/learning/siblings';

const asked = (...questions: string[]): { questions: string[] }[] =>
  questions.map((question) => ({ questions: [question] }));
const questionsOf = (...questions: string[]): string[] =>
  siblingControls(asked(...questions), 'No.').map(({ question }) => question);

const PORTS = ['Xalor', 'Brent', 'the old mill', 'Zed'].map((name) => `What is the API port of ${name}?`);

describe('sibling controls', () => {
  it('ask of other things what is asked of four facts, to be answered by abstaining', () => {
    const controls = siblingControls(asked(...PORTS), 'No.');
    assert.ok(controls.length >= 8);
    for (const { question, answer } of controls) {
      assert.match(question, /^What is the API port of [\w-]+\?$/);
      assert.equal(answer, 'No.');
    }
    assert.equal(new Set(controls.map(({ question }) => question)).size, controls.length);
  });

  it('are none for fewer, or where the questions have little in common', () => {
    assert.deepEqual(questionsOf(...PORTS.slice(1)), []);
    assert.deepEqual(questionsOf('Who owns Xalor?', 'Where is Brent?', 'What does Zed use?', 'Why?'), []);
    assert.deepEqual(questionsOf(...PORTS.slice(1), PORTS[1]!), [], 'the same question twice');
  });

  it('open no more than has to be open', () => {
    const owners = ['a b', 'c b', 'd b', 'e b'].map((name) => `Who owns ${name}?`);
    assert.ok(questionsOf(...owners).every((question) => /^Who owns [\w-]+ b\?$/.test(question)));
  });

  it('do not depend on the order of the facts', () => {
    const all = [...PORTS, ...['p', 'q', 'r', 's', 't'].map((name) => `Who owns ${name}?`)];
    assert.deepEqual(questionsOf(...[...all].reverse()), questionsOf(...all));
    assert.match(questionsOf(...all)[0] ?? '', /^Who owns/, 'the largest kind comes first');
  });

  it('ask nothing of what a fact is about', () => {
    const [first = ''] = questionsOf(...PORTS);
    const word = first.slice('What is the API port of '.length, -1);
    assert.ok(!questionsOf(...PORTS, `Who owns ${word.toUpperCase()}?`).includes(first));
  });
});
