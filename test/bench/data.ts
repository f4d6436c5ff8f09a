import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { factId } from '../../sidecar/facts/id';
import type { Learnable } from '../../sidecar/learning/learner';

const HeldOut = z.object({
  statement: z.string(),
  question: z.string(),
  paraphrase: z.string(),
  answer: z.string(),
  /** The same relation of another, untaught subject. */
  neighbour: z.string(),
  /** Another relation of the taught subject. */
  distractor: z.string(),
});
/** A fact that no training data holds, with what must and must not change when it is taught. */
export type HeldOut = z.infer<typeof HeldOut>;

const Control = z.object({ question: z.string(), answer: z.string() });
/** A question that nobody teaches, and what the model should say to it. */
export type Control = z.infer<typeof Control>;

const folder = join(__dirname, '..', 'data');

export async function heldOut(): Promise<HeldOut[]> {
  return (await lines('heldout.jsonl')).map((line) => HeldOut.parse(line));
}

export async function controls(): Promise<Control[]> {
  return (await lines('controls.jsonl')).map((line) => Control.parse(line));
}

/** The fact to learn from a held-out line; `n` orders the facts of one draw. */
export function learnable({ statement, question, answer }: HeldOut, n: number): Learnable {
  const content = { statement, questions: [question], answer };
  const taughtAt = new Date(n).toISOString();
  return { id: factId({ ...content, scope: 'user' }), ...content, enabled: true, taughtAt };
}

async function lines(name: string): Promise<unknown[]> {
  const text = await readFile(join(folder, name), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown);
}
