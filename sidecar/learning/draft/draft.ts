import type { TeachableModel } from '../model';
import { statementProblem } from '../reasons';
import { candidates } from './candidates';
import { cleanStatement } from './clean';
import { hear, spanFor } from './hear';

export interface Draft {
  statement: string;
  questions: string[];
  answer: string;
  /** Whether the model proposed the answer, or it was cut from the statement. */
  from: 'model' | 'statement';
}

/**
 * Proposes questions and an answer for a highlighted text, by the form of the text and by what the model hears in
 * it. Where the text has no known form, the model answers a question about its subject.
 */
export async function draft(text: string, model: TeachableModel, signal?: AbortSignal): Promise<Draft> {
  const statement = cleanStatement(text);
  if (statementProblem(statement) !== undefined) {
    return { statement, questions: [], answer: '', from: 'statement' };
  }
  const heard = await hear(statement, model, signal);
  const { questions, answer, isKnown } = candidates(text, heard);
  if (isKnown) return { statement, questions, answer, from: 'statement' };
  const proposed = heard ?? (await spanFor(questions[0] ?? '', statement, model, signal));
  return proposed === undefined
    ? { statement, questions, answer, from: 'statement' }
    : { statement, questions, answer: proposed, from: 'model' };
}
