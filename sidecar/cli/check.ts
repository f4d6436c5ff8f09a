import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Model } from '../engine/model';
import { freeId } from '../facts/id';
import { FactStore } from '../facts/store';
import { oneLine, sameAnswer } from '../learning/answers';
import { EngramCache } from '../learning/engramCache';
import { learnAll } from '../learning/learnAll';
import { Learner } from '../learning/learner';
import type { Fact } from '../protocol';
import { print, printError, writeJson } from './commands';
import { cacheFolder, UsageError, type Options } from './options';
import { percent, table } from './table';

const COLUMNS = ['statement', 'question', 'paraphrase', 'answer'] as const;

/** One row of the file to check. The paraphrase may be empty. */
export type Row = Record<(typeof COLUMNS)[number], string>;

/** What came of a row; paraphrase results are null where the row has none. */
interface Checked {
  question: string;
  expected: string;
  answer: string;
  recalled: boolean;
  paraphraseAnswer: string | null;
  paraphraseRecalled: boolean | null;
  untaughtAnswer: string;
}

/** Teaches every row of a file, then asks; prints a table. */
export async function check(options: Options): Promise<number> {
  const [file, ...more] = options.args;
  if (file === undefined || more.length > 0) throw new UsageError('Usage: quickfire check FILE.tsv');
  const rows = parseRows(await readFile(file, 'utf8'), file);
  const model = await Model.load(options.modelDir, { executionProvider: options.provider, log: printError });
  try {
    const learner = new Learner(model, options.rule, new EngramCache(cacheFolder(), printError));
    const store =
      options.facts === undefined || options.inPrompt
        ? undefined
        : new FactStore(join(resolve(options.facts), 'facts.jsonl'), 'workspace');
    const taught = options.inPrompt ? [] : await teachRows(rows, learner, store);
    const checked: Checked[] = [];
    for (const row of rows) checked.push(await checkRow(row, learner, options.inPrompt));
    await report(checked, options.json);
    // The file may have changed meanwhile: only what was taught here, and is recalled, is written.
    const kept = new Map(taught.filter((_, n) => checked[n]?.recalled).map((fact) => [fact.id, fact]));
    await store?.exchange(new Set(kept.keys()), [...kept.values()]);
    return 0;
  } finally {
    await model.dispose();
  }
}

/** Reads tab-separated rows; a first line with the names of the columns is skipped. @throws UsageError */
export function parseRows(text: string, file: string): Row[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const cells = line.split('\t').map(oneLine);
    if (line.trim() === '' || (index === 0 && COLUMNS.every((name, n) => cells[n]?.toLowerCase() === name)))
      return [];
    const [statement = '', question = '', paraphrase = '', answer = ''] = cells;
    if (cells.length !== COLUMNS.length || statement === '' || question === '' || answer === '') {
      throw new UsageError(
        `${file}:${index + 1}: expected ${COLUMNS.length} columns: ${COLUMNS.join(', ')}.`,
      );
    }
    return [{ statement, question, paraphrase, answer }];
  });
}

/** Makes the learner hold a fact of each row, beside those of the store. @returns the rows' facts as they are held */
async function teachRows(
  rows: readonly Row[],
  learner: Learner,
  store: FactStore | undefined,
): Promise<Fact[]> {
  const known = new Map((await store?.read())?.facts.map((fact) => [fact.id, fact]));
  const taught = rows.map(({ statement, question, answer }, n): Fact => {
    const content = { statement, questions: [question], answer, scope: 'workspace' as const };
    const id = freeId(content, [...known.values()]);
    const taughtAt = new Date(Date.now() + n).toISOString();
    return { id, ...content, taughtAt, ...known.get(id), enabled: true };
  });
  const all = new Map([...known.values(), ...taught].map((fact) => [fact.id, fact]));
  const emphasis = new Map(
    (await learnAll(learner, [...all.values()])).map((fact) => [fact.id, fact.emphasis] as const),
  );
  return taught.map((fact) => ({ ...fact, emphasis: emphasis.get(fact.id) }));
}

async function checkRow(row: Row, learner: Learner, inPrompt: boolean): Promise<Checked> {
  const ask = async (question: string): Promise<string> =>
    (await learner.ask(question, inPrompt ? { statement: row.statement } : {})).answer;
  const answer = await ask(row.question);
  const paraphraseAnswer = row.paraphrase === '' ? null : await ask(row.paraphrase);
  return {
    question: row.question,
    expected: row.answer,
    answer,
    recalled: sameAnswer(answer, row.answer),
    paraphraseAnswer,
    paraphraseRecalled: paraphraseAnswer === null ? null : sameAnswer(paraphraseAnswer, row.answer),
    untaughtAnswer: (await learner.ask(row.question, { untaught: true })).answer,
  };
}

async function report(rows: readonly Checked[], json: string | undefined): Promise<void> {
  const paraphrased = rows.filter(({ paraphraseRecalled }) => paraphraseRecalled !== null);
  const summary = {
    facts: rows.length,
    recall: rate(rows.map(({ recalled }) => recalled)),
    paraphrase: rate(paraphrased.map(({ paraphraseRecalled }) => paraphraseRecalled === true)),
  };
  await writeJson(json, { rows, summary });
  const mark = (ok: boolean | null): string => (ok === null ? '' : ok ? 'yes' : 'NO');
  print(
    table(
      ['question', 'expected', 'answer', 'recalled', 'paraphrase', 'recalled', 'untaught'],
      rows.map((row) => [
        row.question,
        row.expected,
        row.answer,
        mark(row.recalled),
        row.paraphraseAnswer ?? '',
        mark(row.paraphraseRecalled),
        row.untaughtAnswer,
      ]),
    ),
  );
  print(
    `\n${summary.facts} facts: recall ${percent(summary.recall)}, paraphrase ${percent(summary.paraphrase)}`,
  );
}

/** Share that is true; 0 of nothing is 0. */
function rate(outcomes: readonly boolean[]): number {
  return outcomes.length === 0 ? 0 : outcomes.filter(Boolean).length / outcomes.length;
}
