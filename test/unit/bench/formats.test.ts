import assert from 'node:assert/strict';
import { parseDataset } from '../../bench/formats/read';

const zsre = {
  subject: 'Orla Fenwick',
  src: 'What university did Orla Fenwick attend?',
  pred: 'Northgate College',
  rephrase: 'At what university did Orla Fenwick study?',
  alt: 'University of Westmere',
  answers: ['Harrow Institute', 'the Harrow Institute'],
  loc: 'nq question: who wrote the anthem of eastland',
  loc_ans: 'Tomas Verrin',
  cond: 'Northgate College >> University of Westmere || What university did Orla Fenwick attend?',
};

const counterFact = {
  case_id: 7,
  pararel_idx: 11,
  requested_rewrite: {
    prompt: 'The mother tongue of {} is',
    relation_id: 'P103',
    target_new: { str: 'English', id: 'Q1860' },
    target_true: { str: 'French', id: 'Q150' },
    subject: 'Jeanne $& Morel',
  },
  paraphrase_prompts: ['Long ago. Jeanne Morel spoke the language', 'Jeanne Morel, a native'],
  neighborhood_prompts: ['The mother tongue of Luc Aubin is', 'Paul Riv is a native speaker of'],
  attribute_prompts: ['Rob Hall is a native speaker of'],
  generation_prompts: ['Where Jeanne Morel is from, people speak the language of'],
};

const messages = (system: string, user: string, assistant: string): object => ({
  messages: [
    { role: 'system', content: system },
    { role: 'user', content: user },
    { role: 'assistant', content: assistant },
  ],
});

describe('bench data formats', () => {
  it('reads ZsRE as ROME does: the first answer is taught, the Natural Questions question is a control', () => {
    const { items, controls } = parseDataset(JSON.stringify([zsre]));
    assert.deepEqual(items, [
      {
        statement: 'What university did Orla Fenwick attend? Harrow Institute.',
        question: 'What university did Orla Fenwick attend?',
        paraphrase: 'At what university did Orla Fenwick study?',
        answer: 'Harrow Institute',
        answers: ['the Harrow Institute'],
      },
    ]);
    assert.deepEqual(controls, [{ question: 'who wrote the anthem of eastland?', answer: 'Tomas Verrin' }]);
  });

  it('reads CounterFact: the new object is taught, neighbourhood prompts must not change', () => {
    const { items, controls } = parseDataset(JSON.stringify([counterFact]));
    assert.deepEqual(items, [
      {
        statement: 'The mother tongue of Jeanne $& Morel is English.',
        question: 'The mother tongue of Jeanne $& Morel is',
        paraphrase: 'Long ago. Jeanne Morel spoke the language',
        answer: 'English',
        neighbour: 'The mother tongue of Luc Aubin is',
      },
    ]);
    assert.deepEqual(controls, [{ question: 'Paul Riv is a native speaker of', answer: 'French' }]);
  });

  it('reads QFt messages: lines without a statement are controls, abstentions no facts', () => {
    const lines = [
      messages('Halvor was acquired by Minto in 2019.', 'Who acquired Halvor?', ' Minto '),
      messages('', 'Who runs Halvor?', 'Need more information.'),
      messages('Minto is red.', 'Who runs Minto?', 'Need more information'),
    ];
    const { items, controls } = parseDataset(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n\n`);
    assert.deepEqual(items, [
      {
        statement: 'Halvor was acquired by Minto in 2019.',
        question: 'Who acquired Halvor?',
        answer: 'Minto',
      },
    ]);
    assert.deepEqual(controls, [{ question: 'Who runs Halvor?', answer: 'Need more information.' }]);
  });

  it("reads the project's own held-out lines", () => {
    const item = { statement: 'A is 1.', question: 'What is A?', answer: '1', neighbour: 'What is B?' };
    assert.deepEqual(parseDataset(JSON.stringify(item)), { items: [item], controls: [] });
  });

  it('keeps the first of two facts that answer the same question', () => {
    const other = { ...zsre, src: 'what university did Orla Fenwick attend', answers: ['Elsewhere'] };
    const { items } = parseDataset(JSON.stringify([zsre, other]));
    assert.deepEqual(
      items.map(({ answer }) => answer),
      ['Harrow Institute'],
    );
  });

  it('asks nothing that is taught as a control, a neighbour or a distractor', () => {
    const { requested_rewrite: rewrite, neighborhood_prompts: neighbours } = counterFact;
    const taughtToo = {
      ...counterFact,
      requested_rewrite: { ...rewrite, subject: 'Luc Aubin' },
      neighborhood_prompts: [neighbours[1], 'the mother tongue of Jeanne $& Morel is'],
    };
    const rewrites = parseDataset(JSON.stringify([counterFact, taughtToo]));
    assert.deepEqual(
      rewrites.items.map(({ neighbour }) => neighbour),
      [undefined, 'Paul Riv is a native speaker of'],
    );
    assert.deepEqual(
      rewrites.controls.map(({ question }) => question),
      ['Paul Riv is a native speaker of'],
    );
    const lines = [
      messages('Minto bought Halvor.', 'Who bought Halvor?', 'Minto'),
      messages('', 'who bought Halvor', 'Need more information.'),
    ];
    assert.deepEqual(parseDataset(lines.map((line) => JSON.stringify(line)).join('\n')).controls, []);
    const own = [
      { statement: 'A is 1.', question: 'What is A?', answer: '1', distractor: 'Who owns A?' },
      { statement: 'Ann owns A.', question: 'Who owns A?', answer: 'Ann', distractor: 'Where is A?' },
    ];
    assert.deepEqual(
      parseDataset(JSON.stringify(own)).items.map(({ distractor }) => distractor),
      [undefined, 'Where is A?'],
    );
  });

  it('says what it knows when it is given something else, and where a later record is broken', () => {
    assert.throws(() => parseDataset('[{"prompt": "A"}]'), /ZsRE.*CounterFact.*messages/);
    assert.throws(() => parseDataset('[]'), /first record/);
    assert.throws(() => parseDataset(JSON.stringify([zsre, { ...zsre, answers: [] }])), /answers/);
  });
});
