import { ModelError } from '../../engine/errors';
import { isSpan, oneLine, sameAnswer } from '../answers';
import { statementProblem } from '../reasons';
import { MAX_ANSWER_TOKENS } from '../asking';
import type { TeachableModel } from '../teachableModel';
import type { Candidate } from './candidate';
import { candidates } from './candidates';
import { cleanStatement } from './clean';
import { sentenceCase } from './questions';
import { placeOf } from './rank';

const WORDS = /[\p{L}\p{N}]+/gu;
/** A question has so many words beside "what". */
const MIN_WORDS = 2;

export interface Draft {
  statement: string;
  questions: string[];
  answer: string;
  /** Whether the model proposed the answer, or it was cut from the statement, or is all of it for want of a known form. */
  from: 'model' | 'statement' | 'fallback';
  /** What else the text could be asked, each with another answer but in a table's row, best first. */
  others: Candidate[];
}

/**
 * Proposes questions and an answer for a highlighted text, by the form of the text. Where it has no
 * known form, the model is asked with the statement in the prompt, in the way it was trained to draft if it was; what
 * it says is taken if it is a span of the statement. (Where the form is known, its answers are right less often.)
 */
export async function draft(text: string, model: TeachableModel, signal?: AbortSignal): Promise<Draft> {
  const statement = cleanStatement(text);
  if (statementProblem(statement) !== undefined) {
    return { statement, questions: [], answer: '', from: 'fallback', others: [] };
  }
  const { questions, answer, isKnown, others } = candidates(text);
  const asked = model.config.qf2.draft ?? questions[0] ?? '';
  const proposed = isKnown ? undefined : await propose(statement, asked, model, signal);
  const clozed = proposed === undefined ? undefined : cloze(statement, proposed);
  return proposed === undefined || clozed === undefined
    ? { statement, questions, answer, from: isKnown ? 'statement' : 'fallback', others }
    : {
        statement,
        questions: [clozed, ...questions],
        answer: proposed,
        from: 'model',
        others,
      };
}

/** "Battery level in what?": the clause that an answer stands in, with the answer asked for. Too little else asks nothing. */
function cloze(statement: string, answer: string): string | undefined {
  const at = placeOf(answer, statement);
  const before = /[^.;:()]*$/.exec(statement.slice(0, at))?.[0] ?? '';
  const after = /^[^.;:,()]*/.exec(statement.slice(at + answer.length))?.[0] ?? '';
  if ((`${before} ${after}`.match(WORDS)?.length ?? 0) < MIN_WORDS) return undefined;
  return `${sentenceCase(oneLine(`${before} what ${after}`).replace(/["'“”]/g, ''))}?`;
}

/** The model's answer with the statement in the prompt, if it is a span of the statement. */
async function propose(
  statement: string,
  question: string,
  model: TeachableModel,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const prompt = { system: statement, user: question };
    const { text } = await model.generate(prompt, model.base, { maxTokens: MAX_ANSWER_TOKENS, signal });
    const answer = oneLine(text);
    const fits = answer !== '' && isSpan(answer, statement) && !sameAnswer(answer, statement);
    return fits && !sameAnswer(answer, model.config.qf2.abstention) ? answer : undefined;
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}
