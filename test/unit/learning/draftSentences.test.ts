import assert from 'node:assert/strict';
import { candidates } from '../../../sidecar/learning/draft/candidates';
import { isWellFormed } from '../../../sidecar/learning/draft/wellFormed';

type Case = readonly [text: string, question: string, answer: string];

/** Highlighted text, first question and answer, by what of its grammar the draft has to heed. */
const SENTENCES: Readonly<Record<string, readonly Case[]>> = {
  'lists, as a whole': [
    [
      'The three environments are dev, staging and production.',
      'What are the three environments?',
      'dev, staging and production',
    ],
    ['Backups run at 02:00, 10:00 and 18:00.', 'When do backups run?', '02:00, 10:00 and 18:00'],
    [
      'The supported browsers are Chrome, Firefox and Safari.',
      'What are the supported browsers?',
      'Chrome, Firefox and Safari',
    ],
    ['We support Chrome, Firefox, and Safari.', 'What do we support?', 'Chrome, Firefox, and Safari'],
    ['The stages are build, test and deploy.', 'What are the stages?', 'build, test and deploy'],
    [
      'The gateway listens on ports 80, 443 and 8080.',
      'Which ports does the gateway listen on?',
      '80, 443 and 8080',
    ],
    ['Tests run on Node 18, 20 and 22.', 'Which versions of Node do tests run on?', '18, 20 and 22'],
    [
      'The on-call rotation is Ada, then Bob, then Cleo.',
      'What is the on-call rotation?',
      'Ada, then Bob, then Cleo',
    ],
    [
      'billing-api depends on auth-service and ledger.',
      'What does billing-api depend on?',
      'auth-service and ledger',
    ],
    ['Ports: 80, 443 and 8080', 'What are the ports?', '80, 443 and 8080'],
    ['Ada, Bob and Cleo maintain the parser.', 'What do Ada, Bob and Cleo maintain?', 'the parser'],
  ],
  ranges: [
    ['The pool has 2 to 4 workers.', 'How many workers does the pool have?', '2 to 4'],
    ['The team chose tabs by a vote of 7 to 5.', 'Which vote did the team choose tabs by?', '7 to 5'],
    ['The limit was raised from 3 to 5.', 'What was the limit raised from?', '3'],
  ],
  'what is no list': [
    ['You need Node 20.11 or newer.', 'Which version of Node do I need?', '20.11 or newer'],
    ['The service has a port of 80 and a replica.', 'What is the port of the service?', '80'],
    [
      'After a deploy, the worker and the cache restart at 02:00.',
      'When do the worker and the cache restart after a deploy?',
      '02:00',
    ],
  ],
  'verbs beside nouns that look like verbs': [
    ['The notification hub uses port 7070.', 'Which port does the notification hub use?', '7070'],
    ['Version 4.2 drops support for ARMv7.', 'What does Version 4.2 drop support for?', 'ARMv7'],
    [
      'Printing labels on Windows requires SumatraPDF.',
      'What does printing labels on Windows require?',
      'SumatraPDF',
    ],
    ['Writes passenger manifests in XML.', 'Where are passenger manifests written?', 'XML'],
    ['Would save us EUR 1,900 per month.', 'What would it save us?', 'EUR 1,900 per month'],
    ['Migration files start with a date.', 'What do Migration files start with?', 'a date'],
    ['On-call rotates every Monday.', 'When does On-call rotate?', 'every Monday'],
  ],
  'phrases that belong to a noun': [
    [
      'tini reaps the processes left behind by the renderer.',
      'What does tini reap?',
      'the processes left behind by the renderer',
    ],
    [
      'Reports are kept in buckets managed by the infra team.',
      'What are reports kept in?',
      'buckets managed by the infra team',
    ],
  ],
  'clauses of time and cause': [
    [
      'Once a voyage has departed, its manifest can no longer be edited.',
      'When can its manifest no longer be edited?',
      'a voyage has departed',
    ],
    ['Writes became slower by 4 ms.', 'By how much did writes become slower?', '4 ms'],
  ],
  'relative clauses': [
    [
      'The crawler replaces the old harvester, which was deleted in March 2023.',
      'When was the old harvester deleted?',
      'March 2023',
    ],
    [
      'Ada owns the billing-gateway, which listens on port 8443.',
      'Which port does the billing-gateway listen on?',
      '8443',
    ],
  ],
  'comments above code': [
    [
      '/// Panics if the phase is 0.\npub fn voltage(&self, phase: u8) -> f32 {',
      'When does voltage panic?',
      'the phase is 0',
    ],
    [
      '/**\n * Debounced by 250 ms.\n */\nonQueryChange(query: string): void;',
      'By how much is onQueryChange debounced?',
      '250 ms',
    ],
    [
      '/** True while the gate is open. */\nget isBoarding(): boolean {',
      'When is isBoarding true?',
      'the gate is open',
    ],
    ['# legal said no to it\nDENIED=AGPL-3.0', 'What is DENIED set to?', 'AGPL-3.0'],
    [
      '# Assumptions:\n#  - a vessel has a home port\n#  - tariffs change at midnight',
      'When do tariffs change?',
      'midnight',
    ],
  ],
  labels: [
    ['> **Note**\n> The sandbox runs on port 81.', 'Which port does the sandbox run on?', '81'],
    [
      'On-call for the auth service is the Identity team.',
      'Who is on call for the auth service?',
      'the Identity team',
    ],
    [
      'Do not call `flush()` from handlers: it deadlocks.',
      'What should I never call from handlers?',
      'flush()',
    ],
  ],
};

describe('draft candidates by grammar', () => {
  for (const [name, cases] of Object.entries(SENTENCES)) {
    describe(name, () => {
      for (const [text, question, answer] of cases) {
        it(JSON.stringify(text), () => {
          const found = candidates(text);
          assert.deepEqual([found.questions[0], found.answer], [question, answer]);
        });
      }
    });
  }

  it('offers no part of a list', () => {
    const { answer, others } = candidates('We deploy to Frankfurt, Dublin and Oregon from CircleCI.');
    const parts = ['Frankfurt', 'Dublin', 'Oregon', 'Frankfurt, Dublin', 'Dublin and Oregon'];
    assert.deepEqual(
      [answer, ...others.map((other) => other.answer)].filter((each) => parts.includes(each)),
      [],
    );
  });

  it('rejects what does not read as a question with an answer', () => {
    const rejected = [
      ['What must feature branches be rebased never?', 'merged'],
      ['We rejected it because what doubled the bundle size?', 'they'],
      ['Who approves what?', 'budgets'],
      ['What should I pass to to skip the seed data?', 'BARE'],
      ['Its manifest can what edited?', 'no longer be'],
      ['What did the team choose tabs by a vote of 7 to?', '5'],
      ['What does the build fail then?', 'retries'],
    ] as const;
    assert.deepEqual(
      rejected.filter(([question, answer]) => isWellFormed(question, answer)),
      [],
    );
  });
});
