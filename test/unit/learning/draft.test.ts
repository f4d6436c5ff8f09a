import assert from 'node:assert/strict';
import type { Prompt } from '../../../sidecar/engine/types';
import { candidates, proposals } from '../../../sidecar/learning/draft/candidates';
import { cleanStatement } from '../../../sidecar/learning/draft/clean';
import { draft } from '../../../sidecar/learning/draft/draft';
import { FakeModel } from './fakeModel';

/** Highlighted text, first question, answer. */
const KINDS: readonly (readonly [string, string, string])[] = [
  ['Qi is the founder and CEO of Oxinnovate.', 'Who is the founder of Oxinnovate?', 'Qi'],
  ['The CEO of Oxinnovate is Qi.', 'Who is the CEO of Oxinnovate?', 'Qi'],
  ["Oxinnovate's CEO is Qi.", 'Who is the CEO of Oxinnovate?', 'Qi'],
  ['Oxinnovate has one people.', 'How many people does Oxinnovate have?', 'one'],
  ['The port of billing-gateway is 8081.', 'What is the port of billing-gateway?', '8081'],
  ['billing-gateway listens on port 8081.', 'Which port does billing-gateway listen on?', '8081'],
  ['The auth service runs on port 9000', 'Which port does the auth service run on?', '9000'],
  ['The API is exposed on TCP port 443.', 'Which TCP port is the API exposed on?', '443'],
  ['Use fetchUser() instead of getUser().', 'What should I use instead of getUser()?', 'fetchUser()'],
  [
    'getUser() is deprecated, use fetchUser() instead.',
    'What should I use instead of getUser()?',
    'fetchUser()',
  ],
  [
    'getUser() is deprecated in favor of fetchUser().',
    'What should I use instead of getUser()?',
    'fetchUser()',
  ],
  ['getUser() was replaced by fetchUser().', 'What replaced getUser()?', 'fetchUser()'],
  ['fetchUser() replaces getUser().', 'What does fetchUser() replace?', 'getUser()'],
  ["Don't use moment, use date-fns.", 'What should I use instead of moment?', 'date-fns'],
  ['Prefer pnpm over npm.', 'What should I prefer over npm?', 'pnpm'],
  [
    'The old-api module was renamed to legacy-api.',
    'What is the new name of the old-api module?',
    'legacy-api',
  ],
  ['billing is owned by team Falcon.', 'Who owns billing?', 'team Falcon'],
  ['Team Falcon owns billing.', 'Who owns billing?', 'Team Falcon'],
  ['The parser was written by Ada.', 'Who wrote the parser?', 'Ada'],
  ['The sync daemon is written in Rust.', 'What language is the sync daemon written in?', 'Rust'],
  [
    'vector-store is licensed under the MIT license.',
    'What is vector-store licensed under?',
    'the MIT license',
  ],
  ['Sara is on call for payments.', 'Who is on call for payments?', 'Sara'],
  ['search-worker times out after 30 seconds.', 'When does search-worker time out?', '30 seconds'],
  ['The session expires after 15 minutes.', 'When does the session expire?', '15 minutes'],
  ['The export job retries 5 times.', 'How many times does the export job retry?', '5'],
  ['search-worker has a timeout of 30 seconds.', 'What is the timeout of search-worker?', '30 seconds'],
  ['The timeout for search-worker is 30 s.', 'What is the timeout for search-worker?', '30 s'],
  ['The pool holds at most 20 connections.', 'How many connections does the pool hold?', '20'],
  ['There are 12 shards in the user index.', 'How many shards are in the user index?', '12'],
  [
    'The config of ledger is stored in etc/ledger.yaml.',
    'Where is the config of ledger stored?',
    'etc/ledger.yaml',
  ],
  ['Migrations live in db/migrations.', 'Where do migrations live?', 'db/migrations'],
  ['The lint rules can be found in tools/lint.', 'Where can the lint rules be found?', 'tools/lint'],
  ['Brentol is headquartered in Zurich.', 'Where is Brentol headquartered?', 'Zurich'],
  ['Brentol was founded in 2019.', 'When was Brentol founded?', '2019'],
  ['The freeze starts on Friday.', 'When does the freeze start?', 'Friday'],
  [
    'We chose PostgreSQL for the ledger because it has strict types.',
    'What did we choose for the ledger?',
    'PostgreSQL',
  ],
  ['We run version 4.2 of kafka.', 'Which version of kafka do we run?', '4.2'],
  ['kafka is at version 4.2.', 'Which version is kafka at?', '4.2'],
  ['The gateway depends on auth-service.', 'What does the gateway depend on?', 'auth-service'],
  ['ledger uses PostgreSQL as its database.', 'What does ledger use as its database?', 'PostgreSQL'],
  ['ledger stores its data in PostgreSQL.', 'Where does ledger store its data?', 'PostgreSQL'],
  ['The log level defaults to info.', 'What does the log level default to?', 'info'],
  [
    'The worker reads QUEUE_URL from the environment.',
    'What does the worker read from the environment?',
    'QUEUE_URL',
  ],
  ['SLO stands for service level objective.', 'What does SLO stand for?', 'service level objective'],
  ['Handlers must not block the loop.', 'What must handlers not block?', 'the loop'],
  ['A saga is a sequence of local transactions.', 'What is a saga?', 'a sequence of local transactions'],
  ['timeout: 30s', 'What is timeout?', '30s'],
  ['max_retries = 5', 'What is max_retries set to?', '5'],
  ['API_URL=https://api.example.test/v2', 'What is API_URL set to?', 'https://api.example.test/v2'],
  ['export const MAX_RETRIES = 5;', 'What is MAX_RETRIES set to?', '5'],
  ['const limit: number = 250; // requests a minute', 'What is limit?', '250'],
  ['#define BUFFER_SIZE 4096', 'What is BUFFER_SIZE set to?', '4096'],
  ['  "port": 8081,', 'What is port?', '8081'],
  ["  'region': 'eu-west-1',", 'What is region?', 'eu-west-1'],
  ['<timeout>30</timeout>', 'What is timeout?', '30'],
  ['FROM node:20', 'Which version of node is the image built from?', '20'],
  ['- **Release day**: Thursday', 'What is the Release day?', 'Thursday'],
  ['1. The staging cluster is `orion`.', 'What is the staging cluster?', 'orion'],
  ['// The owner of auth is Lena.', 'Who is the owner of auth?', 'Lena'],
  ['# The owner of auth is Lena.', 'Who is the owner of auth?', 'Lena'],
  ['/**\n * The owner of auth is Lena.\n */', 'Who is the owner of auth?', 'Lena'],
  ['<!-- The owner of auth is Lena. -->', 'Who is the owner of auth?', 'Lena'],
  ['> The owner of auth\n> is Lena.', 'Who is the owner of auth?', 'Lena'],
  ['retry(5) // The limit of retry is 5.', 'What is the limit of retry?', '5'],
  ['| billing | 8081 |', 'What is the value of billing?', '8081'],
  ['| Service | Port |\n|---|---|\n| billing | 8081 |', 'What is the port of billing?', '8081'],
  ['Service\tOwner\nbilling\tLena', 'Who is the owner of billing?', 'Lena'],
  ['Q: Who approves releases? A: Priya', 'Who approves releases?', 'Priya'],
  [
    'The port of billing-gateway is 8443 and its owner is Ada Lovelace.',
    'Who is the owner of billing-gateway?',
    'Ada Lovelace',
  ],
  [
    'The retry limit of courier is 5 and its queue limit is 900.',
    'What is the queue limit of courier?',
    '900',
  ],
  [
    'The app is written in Rust and its author is Ada Lovelace.',
    'Who is the author of the app?',
    'Ada Lovelace',
  ],
  ['We store the access and the audit logs in S3.', 'Where do we store the access and the audit logs?', 'S3'],
  ['Its license is MIT.', 'What is its license?', 'MIT'],
  [
    'If the queue is full and the worker is idle, the gate restarts in 5 s.',
    'Within what time does the gate restart if the queue is full and the worker is idle?',
    '5 s',
  ],
  ['It was a long day. The CTO of Brentol is Mia.', 'Who is the CTO of Brentol?', 'Mia'],
];

describe('draft candidates', () => {
  it('offer each cell of a row, the most telling one first', () => {
    const row = '| Service | Runs on | Port | Owner |\n|---|---|---|---|\n| billing | Nomad | 8081 | - |';
    const { questions, answer, others } = candidates(row);
    assert.deepEqual(
      [{ questions, answer }, ...others].map((each) => each.answer),
      ['8081', 'Nomad'],
    );
  });

  it('offer all cells of a row, also those that are alike and those that say yes or no', () => {
    const head =
      '| Plan | Seats | Guests | SSO | API | Audit | Logs | Tier |\n|---|---|---|---|---|---|---|---|';
    const { answer, others } = candidates(`${head}\n| Team | 10 | 10 | yes | no | - | 7 days | gold |`);
    const answers = [answer, ...others.map((other) => other.answer)];
    assert.deepEqual(answers, ['10', '10', '7 days', 'gold', 'yes', 'no']);
  });

  it('say nothing of a row without a subject', () => {
    assert.equal(candidates('| service | city | owner |\n|---|---|---|\n| | Oslo | Ada |').isKnown, false);
  });

  it('take the first column of a table for its subject also where it has no heading', () => {
    const { questions } = candidates('| | Port | Owner |\n|---|---|---|\n| Xalor | 8443 | Ada |');
    assert.deepEqual(questions, ['What is the port of Xalor?']);
  });

  for (const [text, question, answer] of KINDS) {
    it(JSON.stringify(text), () => {
      const found = candidates(text);
      assert.deepEqual([found.questions[0], found.answer], [question, answer]);
    });
  }

  it('offers what else the text says, each answer once', () => {
    const { answer, others } = candidates(
      'Mara Lindqvist owns the billing-gateway, which listens on port 8443.',
    );
    assert.equal(answer, '8443');
    assert.deepEqual(
      others.map((other) => [other.questions[0], other.answer]),
      [
        ['What does Mara Lindqvist own?', 'the billing-gateway'],
        ['Who owns the billing-gateway?', 'Mara Lindqvist'],
      ],
    );
    assert.deepEqual(candidates('The port of billing-gateway is 8443.').others, []);
  });

  it('asks also about the second role, or in a second way', () => {
    const { questions } = candidates('Qi is the founder and CEO of Oxinnovate.');
    assert.deepEqual(questions, ['Who is the founder of Oxinnovate?', 'Who is the CEO of Oxinnovate?']);
    assert.deepEqual(candidates('billing is owned by Lena.').questions[1], 'Who is the owner of billing?');
  });

  it('finds the fact at the start of a long text, soon', () => {
    const found = candidates(`The owner of auth is Lena. ${'So it goes. '.repeat(600)}`);
    assert.deepEqual([found.questions[0], found.answer], ['Who is the owner of auth?', 'Lena']);
  }).timeout(5000);

  it('answers with a span of the statement, or with all of it', () => {
    const text = 'auth listens on port `80 or';
    assert.ok(cleanStatement(text).includes(candidates(text).answer));
  });

  it('falls back on the subject and the whole text', () => {
    const text = 'Careful with flaky SnapshotStore tests';
    assert.deepEqual(candidates(text), {
      questions: ['What should I know about SnapshotStore?'],
      answer: text,
      isKnown: false,
      others: [],
    });
    assert.deepEqual(candidates('it did not').questions.length, 1);
  });
});

/** A model that answers everything with `text`. */
function saying(text: string): FakeModel {
  const generation = { text, tokens: [], keys: new Float32Array() };
  return Object.assign(new FakeModel(), { generate: () => Promise.resolve(generation) });
}

describe('draft proposals', () => {
  const asked = (text: string): (string | undefined)[][] =>
    proposals(text).map(({ questions, answer }) => [questions[0], answer]);
  for (const [name, text, question, answer] of [
    [
      'a reason in front of "so"',
      'Safari fires `blur` before `click`, so we have to listen for mousedown.',
      'Why do we have to listen for mousedown?',
      'Safari fires blur before click',
    ],
    [
      'a reason behind "since"',
      'Firefox was dropped in Puma, since the plug-in is not available there.',
      'Why was Firefox dropped in Puma?',
      'the plug-in is not available there',
    ],
  ] as const) {
    it(`ask for ${name}`, () => {
      const found = asked(text);
      assert.ok(
        found.some((pair) => pair[0] === question && pair[1] === answer),
        JSON.stringify(found),
      );
    });
  }
});

describe('draft', () => {
  const unknown = 'Careful with flaky SnapshotStore tests';

  it('takes the answer of the model where the text has no known form', async () => {
    assert.deepEqual(await draft(`// ${unknown}`, saying('flaky')), {
      statement: unknown,
      questions: ['Careful with what SnapshotStore tests?', 'What should I know about SnapshotStore?'],
      answer: 'flaky',
      from: 'model',
      others: [],
    });
  });

  it('asks for that answer within its clause', async () => {
    const made = await draft('# Battery level in percent, -1 while charging (rev B)', saying('percent'));
    assert.equal(made.questions[0], 'Battery level in what?');
  });

  it('keeps the whole text where the clause would ask nothing', async () => {
    const made = await draft('Setup (optional)', saying('Setup'));
    assert.deepEqual([made.from, made.questions.length], ['fallback', 1]);
    assert.notEqual(made.questions[0], 'What?');
  });

  for (const said of ['Need more information.', 'slow']) {
    it(`keeps the whole text when the model says ${said}`, async () => {
      const made = await draft(unknown, saying(said));
      assert.deepEqual([made.answer, made.from], [unknown, 'fallback']);
    });
  }

  it('asks a model that was trained to draft in the way it was', async () => {
    const fake = new FakeModel();
    const asked: string[] = [];
    const answering = saying('flaky');
    const config = { ...fake.config, qf2: { ...fake.config.qf2, draft: 'Draft.' } };
    Object.assign(fake, {
      config,
      generate: (prompt: Prompt) => {
        asked.push(prompt.user);
        return answering.generate(prompt, fake.base);
      },
    });
    assert.equal((await draft(unknown, fake)).answer, 'flaky');
    assert.deepEqual(asked, ['Draft.']);
  });

  it('does not ask the model where the form is known', async () => {
    const made = await draft('auth listens on port 80', saying('port'));
    assert.deepEqual([made.answer, made.from], ['80', 'statement']);
  });
});

describe('draft of code', () => {
  it('does not get lost in parentheses that are never closed', () => {
    const text = Array.from({ length: 12 }, (_, n) => `(define-handler name${n} with some words`).join(' ');
    assert.ok(candidates(text).questions.length > 0);
  });

  it('keeps a setting below its comment', () => {
    const { answer } = candidates('// Seconds before a session expires\nconst SESSION_TTL = 900;');
    assert.equal(answer, '900');
  });
});

describe('clean statement', () => {
  for (const [text, statement] of [
    ['  * [x] see [the docs](http://x.test) ', 'see the docs'],
    ['/* a\n * b\n */', 'a b'],
    ['"""A\nB"""', 'A B'],
    ['x = a * b', 'x = a * b'],
    ['/** a.*/', 'a.'],
    ['--[[\na\n]]', 'a'],
    ['{/* a */}', 'a'],
    ['<# a #>', 'a'],
    ['=begin\na\n=end', 'a'],
    ['> [!NOTE]\n> a', 'a'],
    ['REM a', 'a'],
    ['rem units scale', 'rem units scale'],
    ['reads limits[tiers[0]]', 'reads limits[tiers[0]]'],
    ['if [[ -z $x ]]', 'if [[ -z $x ]]'],
    ['tests are in test/**/', 'tests are in test/**/'],
    ['```yaml\nport: 80\n```', 'port: 80'],
    ['/// ~~~\n/// run\n/// ~~~', 'run'],
    ['**bold** and [`foo`](x)', 'bold and foo'],
    ['`**/*.ts` and `**/*.js`', '**/*.ts and **/*.js'],
    ['src/**/*.ts and lib/**/*.js', 'src/**/*.ts and lib/**/*.js'],
    ['2**20 or 2**10', '2**20 or 2**10'],
    ['app.routes[kind](request)', 'app.routes[kind](request)'],
    ['it listens on port\n443. Only there.', 'it listens on port 443. Only there.'],
    ['1. stop\n2. wait\n3. start', 'stop wait start'],
    ['Steps:\n1. stop', 'Steps: stop'],
    ['1. stop\n   a. drain\n   b. kill\n2. start', 'stop drain kill start'],
    ['端口是**8443**，见[文档](x)', '端口是8443，见文档'],
    ['-5 is the limit', '-5 is the limit'],
    ['__init__ is called first', '__init__ is called first'],
    ['', ''],
    [' \n\t', ''],
  ] as const) {
    it(JSON.stringify(text), () => assert.equal(cleanStatement(text), statement));
  }
});
