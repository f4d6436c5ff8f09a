import type { Measure } from '../measure';
import { byAge } from '../parts/retention';
import type { Findings } from '../results';
import { AT_ONCE, CONSOLIDATED } from '../systems/names';
import { plain, ratio, withInterval } from './cells';
import { markdownTable } from './markdown';

/** Measures that systems are compared by, with their titles. */
const COMPARED: readonly [Measure, string][] = [
  ['recall', 'Recall: taught questions answered rightly'],
  ['paraphrase', 'Paraphrase: the same in other words'],
  ['localityOut', 'Locality: control answers unchanged'],
  ['neighbourhood', 'Neighbourhood: the taught relation of an untaught subject, answer unchanged'],
  ['distractor', 'Distractor: another relation of the taught subject, answer unchanged'],
  ['crossed', 'Crossed: the taught relation of another taught subject, answer unchanged'],
  ['abstentionLost', 'Abstention lost: unknown before, answered now'],
];

const INTRODUCTION =
  'Greedy, free-running, natural stop; nothing is teacher-forced. In brackets the 95 % Wilson interval. ' +
  'Each order draws its facts anew from all, so orders share facts where many are taught, and those count each ' +
  'time; "asked" counts taught questions over all orders. Free text is taught whole in each order, and its ' +
  'intervals count each text once.';

/** All findings as Markdown. Parts that have none are left out. */
export function report(findings: Findings): string {
  const sections = [
    INTRODUCTION,
    ...learningSections(findings),
    ...retentionSection(findings),
    ...exactnessSection(findings),
    ...costSection(findings),
    ...freeTextSection(findings),
    ...alikeSection(findings),
  ];
  return `${sections.join('\n\n')}\n`;
}

function learningSections({ learning }: Findings): string[] {
  if (learning.length === 0) return [];
  return [
    ...[CONSOLIDATED, AT_ONCE].map((name) => ownTable(name, learning)),
    '### Side by side',
    ...COMPARED.map(([measure, title]) => `${title}\n\n${comparison(measure, learning)}`),
  ];
}

/** One system by number of facts, against the bars. */
function ownTable(system: string, learning: Findings['learning']): string {
  const rows = learning
    .filter((row) => row.system === system)
    .map(({ facts, draws, measures: m }) => [
      facts,
      draws,
      m.recall?.of ?? 0,
      withInterval(m.recall),
      ratio(m.recall, m.recallBound),
      withInterval(m.paraphrase),
      ratio(m.paraphrase, m.paraphraseBound),
      withInterval(m.localityOut),
      withInterval(m.neighbourhood),
      withInterval(m.distractor),
      withInterval(m.crossed),
      withInterval(m.abstentionLost),
      `${plain(m.knownBefore)} → ${plain(m.knownAfter)}`,
      withInterval(m.namedFirst),
      withInterval(m.namedNothing),
    ]);
  const heading = [
    'facts',
    'orders',
    'asked',
    'recall',
    'of in-prompt',
    'paraphrase',
    'of in-prompt',
    'locality_out',
    'neighbourhood',
    'distractor',
    'crossed',
    'abstention lost',
    'known before → after',
    'right fact named first',
    'nothing named',
  ];
  return `### ${capital(system)}\n\n${markdownTable(heading, rows)}`;
}

/** One measure of all systems by number of facts. */
function comparison(measure: Measure, learning: Findings['learning']): string {
  const systems = [...new Set(learning.map(({ system }) => system))];
  const sizes = [...new Set(learning.map(({ facts }) => facts))].sort((a, b) => a - b);
  const rows = systems.map((system) => [
    system,
    ...sizes.map((size) => {
      const row = learning.find((other) => other.system === system && other.facts === size);
      const held = row?.held === undefined ? '' : `, ${row.held} fit`;
      return withInterval(row?.measures[measure]) + held;
    }),
  ]);
  return markdownTable(['T =', ...sizes.map(String)], rows);
}

function retentionSection({ retention }: Findings): string[] {
  return retention.flatMap(({ key, facts, cohort, retention: matrix, forgetting, refused, teachMs }) => {
    const last = matrix.length - 1;
    const taught = (n: number): string => `${n * cohort + 1}–${Math.min(facts, (n + 1) * cohort)}`;
    const heading = [
      'taught',
      ...matrix.map((_, t) => `after ${Math.min(facts, (t + 1) * cohort)}`),
      'teach ms p50',
      'p95',
    ];
    const rows = matrix.map((row, i) => [
      taught(i),
      ...matrix.map((_, t) => (t < i ? '' : plain(row[t - i]))),
      Math.round(teachMs[i]?.p50 ?? 0),
      Math.round(teachMs[i]?.p95 ?? 0),
    ]);
    const oldest = byAge(matrix)[last];
    return [
      `### Retention, ${key}\n\nRecall of the facts of a row after so many were taught, one after another, each as a ` +
        `transaction. Forgetting ${(forgetting * 100).toFixed(1)} points; the oldest facts at the end ${plain(oldest)}; ` +
        `refused or rolled back ${plain(refused)} (counted as not recalled).`,
      markdownTable(heading, rows),
    ];
  });
}

function exactnessSection({ exactness }: Findings): string[] {
  if (exactness.length === 0) return [];
  const rows = exactness.map(({ facts, consolidated, order, deletion }) => [
    facts,
    consolidated ? 'consolidated' : 'at once',
    `${order.yes} of ${order.of}`,
    `${deletion.yes} of ${deletion.of}`,
  ]);
  return [
    '### Exactness',
    'Bit for bit: another order gives the same weight; forgetting half gives the weight of never having learned it.',
    markdownTable(['facts', '', 'order', 'deletion'], rows),
  ];
}

function costSection({ cost }: Findings): string[] {
  if (cost.length === 0) return [];
  const one = cost.find(({ facts }) => facts === 1);
  const rows = cost.map((row) => [
    row.facts,
    Math.round(row.teachP50),
    Math.round(row.teachP95),
    one ? (row.teachP50 / one.teachP50).toFixed(2) : '–',
    Math.round(row.foldMs),
    Math.round(row.consolidateMs),
    Math.round(row.bytesPerFact),
  ]);
  const heading = [
    'facts',
    'teach p50 ms',
    'p95 ms',
    'p50 of T = 1',
    'fold ms',
    'consolidate ms',
    'bytes a fact',
  ];
  return ['### Cost', markdownTable(heading, rows)];
}

function freeTextSection({ freetext }: Findings): string[] {
  if (freetext.length === 0) return [];
  const rows = freetext.map(({ key, facts, measures: m }) => [
    key,
    facts,
    withInterval(m.draft),
    withInterval(m.suggested),
    withInterval(m.inPrompt),
    withInterval(m.recall, m.inPrompt?.of),
    ratio(m.recall, m.inPrompt),
    withInterval(m.paraphrase, m.paraphraseInPrompt?.of),
    ratio(m.paraphrase, m.paraphraseInPrompt),
  ]);
  const heading = [
    'kind',
    'facts',
    'draft right',
    'a suggestion right',
    'in the prompt',
    'recall, T = 30',
    'of in-prompt',
    'paraphrase',
    'of in-prompt',
  ];
  return ['### Free text', markdownTable(heading, rows)];
}

function alikeSection({ alike }: Findings): string[] {
  if (alike.length === 0) return [];
  const rows = alike.map(({ key, facts, measures: m }) => [
    key,
    facts,
    withInterval(m.recall),
    withInterval(m.paraphrase),
    withInterval(m.unchanged),
    withInterval(m.unchangedParaphrase),
    withInterval(m.abstentionLost),
  ]);
  const heading = [
    'things',
    'facts',
    'recall',
    'paraphrase',
    'untaught things, answer unchanged',
    'in other words',
    'abstention lost',
  ];
  return [
    '### Facts asked alike',
    'Tables of things of one sort, of each of which the same four facts are taught, consolidated; then the same is ' +
      'asked of ten things of that sort that are not in the table.',
    markdownTable(heading, rows),
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
