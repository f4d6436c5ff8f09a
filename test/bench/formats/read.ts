import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { questionKey } from '../../../sidecar/learning/answers';
import { distinct, Item, parseLines, type Dataset } from '../data';
import { CounterFact, fromCounterFact } from './counterFact';
import { fromMessages, Messages } from './messages';
import { fromZsre, Zsre } from './zsre';

/** Reads a user's file: a JSON array or JSON lines. @throws Error that says what it must look like */
export async function readDataset(file: string): Promise<Dataset> {
  try {
    return parseDataset(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/**
 * Reads records of one of the known formats, told apart by their first record. Of facts with the same
 * question the first is kept; what is taught as another fact is no control, neighbour or distractor, since its
 * answer is to change.
 */
export function parseDataset(text: string): Dataset {
  const records = text.trimStart().startsWith('[')
    ? z.array(z.unknown()).parse(JSON.parse(text))
    : parseLines(text);
  const { items, controls } = convert(records);
  const facts = distinct(items);
  const taught = new Set(facts.map(({ question }) => questionKey(question)));
  const isUntaught = (question: string | undefined): boolean =>
    question !== undefined && !taught.has(questionKey(question));
  return {
    items: facts.map(({ neighbour, distractor, ...fact }) => ({
      ...fact,
      ...(isUntaught(neighbour) && { neighbour }),
      ...(isUntaught(distractor) && { distractor }),
    })),
    controls: controls.filter(({ question }) => isUntaught(question)),
  };
}

function convert(records: readonly unknown[]): Dataset {
  const isA = (schema: z.ZodType): boolean => schema.safeParse(records[0]).success;
  if (isA(Zsre)) return fromZsre(z.array(Zsre).parse(records));
  if (isA(CounterFact)) return fromCounterFact(z.array(CounterFact).parse(records));
  if (isA(Messages)) return fromMessages(z.array(Messages).parse(records));
  if (isA(Item)) return { items: z.array(Item).parse(records), controls: [] };
  throw new Error(
    'The first record is none of: ZsRE (subject, src, answers, rephrase, loc, loc_ans), CounterFact ' +
      '(requested_rewrite, paraphrase_prompts, neighborhood_prompts), QFt messages (messages), or a ' +
      'held-out fact of this project (statement, question, answer).',
  );
}
