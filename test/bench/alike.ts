import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { folder, type Item } from './data';

/** What facts of one kind say of a thing: `{s}` stands for the thing, `{a}` for the answer. */
const Relation = z.object({
  statement: z.string(),
  question: z.string(),
  paraphrase: z.string(),
  answers: z.array(z.string()),
});

/** Things and what is told of them, as the rows and columns of a table. */
export const AlikeFacts = z.object({
  /** Names of things by their sort. */
  subjects: z.record(z.string(), z.array(z.string())),
  relations: z.array(Relation),
});
export type AlikeFacts = z.infer<typeof AlikeFacts>;
export type Relation = z.infer<typeof Relation>;

/** The facts of test/data/alike. */
export async function alikeFacts(split: 'dev' | 'heldout'): Promise<AlikeFacts> {
  return AlikeFacts.parse(JSON.parse(await readFile(join(folder, 'alike', `${split}.json`), 'utf8')));
}

/** The fact that a relation tells of the `n`th thing. */
export function factOf(
  { statement, question, paraphrase, answers }: Relation,
  subject: string,
  n: number,
): Item & { paraphrase: string } {
  const answer = answers[n % answers.length] ?? '';
  const filled = (text: string): string => text.replace('{s}', () => subject).replace('{a}', () => answer);
  return { statement: filled(statement), question: filled(question), paraphrase: filled(paraphrase), answer };
}
