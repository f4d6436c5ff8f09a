import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { factId } from '../../sidecar/facts/id';
import { questionKey, sameAnswer } from '../../sidecar/learning/answers';
import type { Learnable } from '../../sidecar/learning/record';

/** A fact to teach, with what must and what must not change when it is taught. */
export const Item = z.object({
  statement: z.string(),
  question: z.string(),
  /** The question in other words. */
  paraphrase: z.string().optional(),
  answer: z.string(),
  /** Other answers that are right too. */
  answers: z.array(z.string()).optional(),
  /** The same relation of another, untaught subject. */
  neighbour: z.string().optional(),
  /** Another relation of the taught subject. */
  distractor: z.string().optional(),
});
export type Item = z.infer<typeof Item>;

const Control = z.object({ question: z.string(), answer: z.string() });
/** A question that nobody teaches, and what the model should say to it. */
export type Control = z.infer<typeof Control>;

/** What a bench teaches and asks. */
export interface Dataset {
  items: Item[];
  controls: Control[];
}

/** Where the project's own facts are. */
export const folder = join(__dirname, '..', 'data');

/** The project's own held-out facts and controls, which no training data holds. */
export async function heldOut(): Promise<Dataset> {
  const [facts, controls] = await Promise.all([lines('heldout.jsonl'), lines('controls.jsonl')]);
  return {
    items: facts.map((line) => Item.parse(line)),
    controls: controls.map((line) => Control.parse(line)),
  };
}

/** The parsed lines of a file of test/data. */
export async function lines(name: string): Promise<unknown[]> {
  return parseLines(await readFile(join(folder, name), 'utf8'));
}

/** JSON values, one a line; empty lines are skipped. */
export function parseLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown);
}

/** The items whose questions differ: a question has one answer, the first. */
export function distinct(items: readonly Item[]): Item[] {
  const byQuestion = new Map<string, Item>();
  for (const item of items) {
    const key = questionKey(item.question);
    if (!byQuestion.has(key)) byQuestion.set(key, item);
  }
  return [...byQuestion.values()];
}

/** Whether `answer` is the item's answer or one that is right too. */
export function isRight(answer: string, item: Item): boolean {
  return [item.answer, ...(item.answers ?? [])].some((right) => sameAnswer(answer, right));
}

/** The fact to learn from an item; `n` orders the facts of one draw. */
export function learnable(item: Item, n: number): Learnable {
  const { statement, question, answer } = item;
  const taughtAt = new Date(n).toISOString();
  return { id: idOf(item), statement, questions: [question], answer, enabled: true, taughtAt };
}

/** The id of the fact to learn from an item. */
export function idOf({ statement, question, answer }: Item): string {
  return factId({ statement, questions: [question], answer, scope: 'user' });
}
