import assert from 'node:assert/strict';
import { candidates } from '../../../sidecar/learning/draft/candidates';

type Case = readonly [text: string, question: string, answer: string];

/** Highlighted text, first question and answer, by the kind of text it is. */
const KINDS: Readonly<Record<string, readonly Case[]>> = {
  readme: [
    [
      'Zephyrine requires PostgreSQL 15 or later.',
      'Which version of PostgreSQL does Zephyrine require?',
      'PostgreSQL 15',
    ],
    [
      'By default, Palisade writes its audit log to `/srv/palisade/audit.log`.',
      'Where does Palisade write its audit log to?',
      '/srv/palisade/audit.log',
    ],
    [
      'Run `make seed` to fill the Oriel database with test data.',
      'What should I run to fill the Oriel database with test data?',
      'make seed',
    ],
    [
      'You can reach the Tilbury team in #tilbury-help.',
      'Where can I reach the Tilbury team?',
      '#tilbury-help',
    ],
    ['Backups of Lodestar are kept for 30 days.', 'How long are backups of Lodestar kept?', '30 days'],
    ['Fathom was written in 2019 by Ilse Krüger.', 'Who wrote Fathom in 2019?', 'Ilse Krüger'],
    ['Grouse is sponsored by Kestrel Labs.', 'Who sponsors Grouse?', 'Kestrel Labs'],
    ['Petal supports up to 500 concurrent users.', 'How many concurrent users does Petal support?', '500'],
    ['Each Marten worker uses 512 MB of memory.', 'How much memory does each Marten worker use?', '512 MB'],
    ['Tern no longer supports Node 16.', 'Which version of Node does Tern no longer support?', 'Node 16'],
    [
      'Puffin sends metrics to Prometheus every 15 seconds.',
      'How often does Puffin send metrics to Prometheus?',
      'every 15 seconds',
    ],
    ['Only the Ibis team may merge to `main`.', 'Who may merge to main?', 'the Ibis team'],
    [
      'You need Terraform >= 1.6 to build Otter.',
      'Which version of Terraform do I need to build Otter?',
      '1.6',
    ],
    ['Margay was moved to Oslo in May 2014 and has stayed.', 'When was Margay moved to Oslo?', 'May 2014'],
  ],
  comment: [
    [
      '// Wigeon closes idle connections after 90 seconds.',
      'When does Wigeon close idle connections?',
      '90 seconds',
    ],
    [
      '# The lock file of curlewd is /run/curlewd.pid',
      'What is the lock file of curlewd?',
      '/run/curlewd.pid',
    ],
    [
      '/* TealBuffer holds 4096 samples per channel */',
      'How many samples per channel does TealBuffer hold?',
      '4096',
    ],
    [
      '# NOTE: grebe expects timestamps in milliseconds',
      'What does grebe expect timestamps in?',
      'milliseconds',
    ],
    ['// TODO(lin): replace PintailCache with Redis', 'What should replace PintailCache?', 'Redis'],
    ['; smew polls the queue every 5 seconds', 'How often does smew poll the queue?', 'every 5 seconds'],
    ['# shovelerd listens on 0.0.0.0:8443', 'Where does shovelerd listen?', '0.0.0.0:8443'],
    ['{- Dotterel parses at most 8 layers. -}', 'How many layers does Dotterel parse?', '8'],
  ],
  config: [
    ['smew.pool.size=20', 'What is smew.pool.size set to?', '20'],
    ['"garganey.theme": "dark",', 'What is the theme of garganey?', 'dark'],
    ['export KIWI_HOME=/opt/kiwi', 'What is KIWI_HOME set to?', '/opt/kiwi'],
    ['worker_processes 4;', 'What is worker_processes set to?', '4'],
    ['[kea]\nregion = "eu-west-3"', 'What is the region of kea?', 'eu-west-3'],
    ['rhea:\n  replicas: 3', 'How many replicas does rhea have?', '3'],
    ['tui-api: { workers: 6 }', 'How many workers does tui-api have?', '6'],
    ['FROM registry.test/moa:3.2.1', 'Which version of moa is the image built from?', '3.2.1'],
    ['30 4 * * 0 /opt/bin/rotate-keys', 'When does rotate-keys run?', '30 4 * * 0'],
    ['"left-pad": "^1.3.0",', 'Which version of left-pad is required?', '^1.3.0'],
    ['max_conn: 9 # for the proxy', 'What is max_conn set to for the proxy?', '9'],
  ],
  docstring: [
    ['/** Encodes a takahe id as base32. */', 'What is a takahe id encoded as?', 'base32'],
    [
      '"""Fetch the tui feed from https://tui.example/feed."""',
      'Where should I fetch the tui feed from?',
      'https://tui.example/feed',
    ],
    [
      '/** Kereru retries each request three times. */',
      'How many times does Kereru retry each request?',
      'three',
    ],
    ['/** The unit of `hihi.weight` is grams. */', 'What is the unit of hihi.weight?', 'grams'],
    [':param timeout: Seconds to wait, 30 by default.', 'What is the default of timeout?', '30'],
    ['@throws {MoaError} if the moa has no nest', 'What is thrown if the moa has no nest?', 'MoaError'],
    ['"""Use :func:`dock` instead of :func:`land`."""', 'What should I use instead of land?', 'dock'],
  ],
  adr: [
    [
      'Deciders: H. Nakamura, B. Osei, L. Fournier',
      'What are the deciders?',
      'H. Nakamura, B. Osei, L. Fournier',
    ],
    ['We decided to host Ermine in Frankfurt.', 'Where did we decide to host Ermine?', 'Frankfurt'],
    ['Stoat will be rewritten in Kotlin.', 'What will Stoat be rewritten in?', 'Kotlin'],
    [
      'We chose Terraform over Pulumi for the Fisher infrastructure.',
      'What did we choose for the Fisher infrastructure?',
      'Terraform',
    ],
    ['Badger exposes a GraphQL API instead of REST.', 'What does Badger expose?', 'a GraphQL API'],
    ['Status: accepted. The owner of Mink is Ana Roy.', 'Who is the owner of Mink?', 'Ana Roy'],
    ['Mink deploys happen on Tuesdays only.', 'When do Mink deploys happen?', 'Tuesdays'],
    ['Access to Civet requires two approvals.', 'How many approvals does access to Civet require?', 'two'],
    [
      'The pilot failed; Weasel gets its events from Pulsar.',
      'What does Weasel get its events from?',
      'Pulsar',
    ],
  ],
  table: [
    ['| Linsang | owner | Team Mercury |', 'Who is the owner of Linsang?', 'Team Mercury'],
    ['| Service | Port |\n|---|---|\n| **Caracal** | 6060 |', 'What is the port of Caracal?', '6060'],
    ['| `serval.timeout` | 30s | request timeout |', 'What is the value of serval.timeout?', '30s'],
    ['| Ocelot | runs on | Debian 12 |', 'What does Ocelot run on?', 'Debian 12'],
    ['| Margay docs | <https://margay.example> |', 'Where are the Margay docs?', 'https://margay.example'],
    ['| Size of Puma | 3 GB |', 'What is the size of Puma?', '3 GB'],
    ['| Manul | On call | Inès Roche |', 'Who is on call for Manul?', 'Inès Roche'],
  ],
  'changes, conditions and code': [
    [
      'Every endpoint of Marlowe except `/healthz` requires a bearer token.',
      'What does every endpoint of Marlowe except /healthz require?',
      'a bearer token',
    ],
    [
      'Moved the nightly build of Marlowe from Jenkins to Buildkite.',
      'Where was the nightly build of Marlowe moved from Jenkins to?',
      'Buildkite',
    ],
    ['feat(auth)!: Marlowe accepts passkeys', 'What does Marlowe accept?', 'passkeys'],
    [
      'The kiosk and the portal all share one Marlowe tenant.',
      'What do the kiosk and the portal share?',
      'one Marlowe tenant',
    ],
    ['Store secrets of Marlowe in Vault.', 'Where should I store secrets of Marlowe?', 'Vault'],
    [
      'Three backends are supported: S3, GCS and Azure Blob.',
      'Which backends are supported?',
      'S3, GCS and Azure Blob',
    ],
    [
      '| Flag | Meaning |\n|---|---|\n| --dry-run | Prints the plan |',
      'What is the meaning of --dry-run?',
      'Prints the plan',
    ],
    [
      '| Owner | Component |\n|---|---|\n| Łukasz Nowak | billing |',
      'Who is the owner of billing?',
      'Łukasz Nowak',
    ],
    [
      '| Method | Path | Auth |\n|---|---|---|\n| POST | /v1/jobs | API key |',
      'What is the auth of POST /v1/jobs?',
      'API key',
    ],
    [
      '// The pool size of Marlowe is 12.\nconst pool = makePool(config);',
      'What is the pool size of Marlowe?',
      '12',
    ],
    ['on-call: Nguyễn Thị Hà', 'Who is on call?', 'Nguyễn Thị Hà'],
    ['EXPOSE 8443', 'Which port is exposed?', '8443'],
    ['@deprecated since 4.2, use {@link #fetchAll} instead.', 'What should I use instead?', 'fetchAll'],
    ['Marlowe requires Go 1.21 or later.', 'Which version of Go does Marlowe require?', '1.21 or later'],
    [
      'Unless `--offline` is passed, Marlowe checks for updates once a day.',
      'When does Marlowe check for updates unless --offline is passed?',
      'once a day',
    ],
    ['Marlowe is disabled owing to a licence dispute.', 'Why is Marlowe disabled?', 'a licence dispute'],
    [
      'Clients of Marlowe also send a heartbeat every 30 s.',
      'How often do clients of Marlowe send a heartbeat?',
      'every 30 s',
    ],
  ],
  list: [
    ['- Oncilla: owned by Team Jupiter', 'Who owns Oncilla?', 'Team Jupiter'],
    ['* **Colocolo** uses Vite for bundling', 'What does Colocolo use for bundling?', 'Vite'],
    ['- [ ] Ask Piotr about the Guigna license', 'Who should I ask about the Guigna license?', 'Piotr'],
    ["- Cheetah's default branch is `develop`", 'What is the default branch of Cheetah?', 'develop'],
    ['- Leopard: max. file size 2 GB', 'What is the max. file size of Leopard?', '2 GB'],
    ['- Tigrina → port 4000', 'What is the port of Tigrina?', '4000'],
    ['3. Jaguar: 2 replicas', 'How many replicas does Jaguar have?', '2'],
    ['- Lion is in maintenance mode since May', 'Since when is Lion in maintenance mode?', 'May'],
  ],
};

describe('draft candidates by kind', () => {
  for (const [kind, cases] of Object.entries(KINDS)) {
    describe(kind, () => {
      for (const [text, question, answer] of cases) {
        it(JSON.stringify(text), () => {
          const found = candidates(text);
          assert.deepEqual([found.questions[0], found.answer], [question, answer]);
        });
      }
    });
  }
});
