import { z } from 'zod';
import { sameAnswer } from '../../sidecar/learning/answers';
import { cleanStatement } from '../../sidecar/learning/draft/clean';
import type { Draft } from '../../sidecar/learning/draft/draft';
import { lines, type Item } from './data';

const Line = z.object({
  /** What sort of text it is: a comment, a config line, a table row … */
  kind: z.string(),
  /** The text as it is highlighted. */
  text: z.string(),
  question: z.string(),
  paraphrase: z.string().optional(),
  answer: z.string(),
  answers: z.array(z.string()).optional(),
  /** Spans that a draft may ask for as well, with another question. */
  alternatives: z.array(z.string()).optional(),
  /** What a question about it must name; wordings that will do, divided by "|". */
  about: z.array(z.string()),
  neighbour: z.string().optional(),
});

/** A fact as developers write it. */
export interface FreeText extends Item {
  kind: string;
  text: string;
  about: readonly string[];
  alternatives?: readonly string[] | undefined;
}

/** The facts of test/data/freetext. */
export async function freeTexts(split: 'dev' | 'heldout'): Promise<FreeText[]> {
  return (await lines(`freetext/${split}.jsonl`)).map((line) => {
    const fact = Line.parse(line);
    return { ...fact, statement: cleanStatement(fact.text) };
  });
}

/** Whether a user could take a draft as it is: a right answer, and a question that names all it must. */
export function isRightDraft(
  { questions, answer }: Pick<Draft, 'questions' | 'answer'>,
  fact: FreeText,
): boolean {
  const question = (questions[0] ?? '').toLowerCase();
  return (
    [fact.answer, ...(fact.answers ?? []), ...(fact.alternatives ?? [])].some((right) =>
      sameAnswer(answer, right),
    ) &&
    fact.about.every((wordings) =>
      wordings.split('|').some((text) => question.includes(text.trim().toLowerCase())),
    )
  );
}
