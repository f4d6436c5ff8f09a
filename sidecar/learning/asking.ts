import type { Control, Memory } from '../engine/types';
import { sameAnswer } from './answers';
import type { TeachableModel } from './teachableModel';

/** Longest answer that is waited for, in tokens. */
export const MAX_ANSWER_TOKENS = 96;

/** Asks without a statement; greedy, free-running. */
export async function answerTo(
  model: TeachableModel,
  question: string,
  memory: Memory,
  signal?: AbortSignal,
): Promise<string> {
  const options = { maxTokens: MAX_ANSWER_TOKENS, ...(signal && { signal }) };
  return (await model.generate({ system: '', user: question }, memory, options)).text;
}

/**
 * What the model answers by itself, asked without a statement. Where each token of the answer that is expected, its
 * end included, is the model's choice after those before it, greedy decoding gives just these: one prefill tells.
 * @param answer what it probably is
 */
export async function ownAnswer(
  model: TeachableModel,
  { question, answer }: Control,
  memory: Memory,
  signal?: AbortSignal,
): Promise<string> {
  const { correct } = await model.record({ system: '', user: question }, answer, memory, signal);
  const isOwn = correct.every(Boolean) && correct.length <= MAX_ANSWER_TOKENS;
  return isOwn ? answer : await answerTo(model, question, memory, signal);
}

/** Whether the model, asked without a statement, gives this answer by itself. */
export async function gives(
  model: TeachableModel,
  expected: Control,
  memory: Memory,
  signal?: AbortSignal,
): Promise<boolean> {
  return sameAnswer(await ownAnswer(model, expected, memory, signal), expected.answer);
}
