import assert from 'node:assert/strict';
import { candidates } from '../../../sidecar/learning/draft/candidates';
import { isWellFormed } from '../../../sidecar/learning/draft/wellFormed';

type Case = readonly [text: string, question: string, answer: string];

/** Highlighted text of several lines or clauses, first question and answer, by what its layout asks for. */
const LAYOUTS: Readonly<Record<string, readonly Case[]>> = {
  'tables with a header': [
    [
      '| Service | p50 | p99 |\n|---|--:|--:|\n| the layout daemon | 13 days | 200 s |\n| echo | 1 ms | 2 ms |',
      'What is the p50 of the layout daemon?',
      '13 days',
    ],
    [
      '| Package | Installed | Latest |\n|---|---|---|\n| six | 1.16.0 | 1.17.0 |',
      'Which version of six is installed?',
      '1.16.0',
    ],
    ['# id;what;shelf\nINV0092;heat gun;C3\nA/31;oscilloscope;C4', 'What is the shelf of INV0092?', 'C3'],
    [
      'Rank  Player      Score\n1     Zara    9,120\n2     Fousnu    610',
      'What is the score of Zara?',
      '9,120',
    ],
  ],
  'rows of a table': [
    ['| Op | Meaning |\n|---|---|\n| `a \\| b` | a or b |', 'What is the meaning of a | b?', 'a or b'],
    ['| Op | Example |\n|---|---|\n| or | `a \\| b` |', 'What is the example of or?', 'a | b'],
    [
      `| Service | ${'Old name | '.repeat(60)}Port |\n|${'---|'.repeat(62)}\n| Otter | ${'— | '.repeat(60)}80 |`,
      'What is the port of Otter?',
      '80',
    ],
  ],
  'items in an item': [
    ['- Otter service\n  - listens on port 80', 'Which port does Otter service listen on?', '80'],
    ['- Otter\n  - Owned by Ada', 'Who owns Otter?', 'Ada'],
    ['- Otter service\n  - is owned by Ada', 'Who owns Otter service?', 'Ada'],
    ['- Otter service\n  - port: 80', 'What is the port of Otter service?', '80'],
    ['- Deployment\n  - Releases are cut on Fridays.', 'When are releases cut?', 'Fridays'],
    ['- Its owner:\n  - Ada', 'Who is the owner?', 'Ada'],
  ],
  'rows without a header': [
    ['| Otter | Maintained by | Team Birch |', 'Who is Otter maintained by?', 'Team Birch'],
    ['| Stoat | Supported until | March 2027 |', 'Until when is Stoat supported?', 'March 2027'],
    ['| Who approves Otter | Lena Fuchs |', 'Who approves Otter?', 'Lena Fuchs'],
  ],
  'blocks of settings': [
    ['otter: &it\n  retries: 3\n  <<: *other', 'How many retries does otter have?', '3'],
    [
      'livenessProbe:\n  httpGet:\n    path: /v1/slau   # warm\n    port: http',
      'What is the path of livenessProbe.httpGet?',
      '/v1/slau',
    ],
    [
      '[signup-notice]\n; nobody else reads it\nrecipient = index@otter.example\nformat = html',
      'What is the recipient of signup-notice?',
      'index@otter.example',
    ],
  ],
  'single settings': [
    ['<add key="MartenTimeout" value="00:00:45" />', 'What is MartenTimeout set to?', '00:00:45'],
    ["ALTER SYSTEM SET work_mem = '64MB';", 'What is work_mem set to?', '64MB'],
    ['node --max-old-space-size=4096 dist/otter.js', 'What is --max-old-space-size of node set to?', '4096'],
    [
      'proxy_read_timeout 75s;  # otter uploads',
      'What is proxy_read_timeout set to for otter uploads?',
      '75s',
    ],
  ],
  'items under a heading': [
    [
      'Support levels\n1. depot: forum only\n2. team: 30 minutes',
      'What does "Support levels" say about team?',
      '30 minutes',
    ],
  ],
  sentences: [
    [
      'Questions about Otter? Ask in #otter-users.',
      'Where should I ask for questions about Otter?',
      '#otter-users',
    ],
    ['Sable assumes that all prices are in cents.', 'Sable assumes that all prices are in what?', 'cents'],
    [
      "You can disable Ermine's telemetry by setting `ERMINE_NO_STATS`.",
      "How can I disable Ermine's telemetry?",
      'setting ERMINE_NO_STATS',
    ],
    ['Under load Puffin handles roughly 1051 rps.', 'How much does Puffin handle under load?', '1051 rps'],
    [
      'Stoat tolerates clock skew of up to 2 seconds.',
      'How much clock skew does Stoat tolerate?',
      '2 seconds',
    ],
    ['The ledger table is partitioned by month.', 'What is the ledger table partitioned by?', 'month'],
    [
      'The speed of Puma is clamped at 340 units/s: above it walls leak.',
      'What is the speed of Puma clamped at?',
      '340 units/s',
    ],
  ],
  'what a documentation comment is about': [
    [
      '/** Blocks until the mutex is free. Must not be called from an ISR. */',
      'What must the function that blocks until the mutex is free not be called from?',
      'an ISR',
    ],
    [':param tz: IANA name, defaults to ``Europe/Oslo``', 'What is the default of tz?', 'Europe/Oslo'],
    [
      '<PackageReference Include="Lynx.Core" Version="2.5.140" />',
      'Which version of Lynx.Core is required?',
      '2.5.140',
    ],
  ],
};

describe('draft candidates by layout', () => {
  for (const [layout, cases] of Object.entries(LAYOUTS)) {
    describe(layout, () => {
      for (const [text, question, answer] of cases) {
        it(JSON.stringify(text), () => {
          const found = candidates(text);
          assert.deepEqual([found.questions[0], found.answer], [question, answer]);
        });
      }
    });
  }
});

describe('well-formed questions', () => {
  for (const [question, answer, holds] of [
    ['What does Otter use?', 'SQLite', true],
    ['What does because use?', 'SQLite', false],
    ['What does Otter use and?', 'SQLite', false],
    ['What does SQLite use?', 'SQLite', false],
    ['What is "Otter?', 'a daemon', false],
  ] as const) {
    it(`${question} is ${holds ? '' : 'not '}one`, () => assert.equal(isWellFormed(question, answer), holds));
  }
});
