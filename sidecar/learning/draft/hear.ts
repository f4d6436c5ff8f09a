import { ModelError } from '../../engine/errors';
import { isSpan, oneLine, sameAnswer } from '../answers';
import { MAX_ANSWER_TOKENS } from '../asking';
import type { TeachableModel } from '../model';

/**
 * What a model that was trained to draft would ask for of a statement: the answer. It need not know the statement's
 * form, so it helps to choose between what the readers of forms propose.
 * @returns undefined for other models, and where the model says what does not stand in the statement
 */
export async function hear(
  statement: string,
  model: TeachableModel,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { draft } = model.config.qf2;
  return draft === undefined ? undefined : await spanFor(draft, statement, model, signal);
}

/** The model's answer with the statement in the prompt, if it is a span of the statement. */
export async function spanFor(
  question: string,
  statement: string,
  model: TeachableModel,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const prompt = { system: statement, user: question };
    const { text } = await model.generate(prompt, model.base, { maxTokens: MAX_ANSWER_TOKENS, signal });
    const answer = oneLine(text);
    const fits = answer !== '' && isSpan(answer, statement);
    return fits && !sameAnswer(answer, model.config.qf2.abstention) ? answer : undefined;
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}
