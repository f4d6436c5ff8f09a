import type { Generation, Memory, Prompt } from '../engine/types';
import { isSpan, sameAnswer } from './answers';
import { attribute, type Attribution } from './attribute';
import { MAX_ANSWER_TOKENS } from './asking';
import type { Consolidation } from './consolidation';
import type { TeachableModel } from './teachableModel';

export interface Asked {
  answer: string;
  abstained: boolean;
  fired: Attribution[];
  ms: number;
}

export interface AskOptions {
  /** Asks the model as it was before anything was taught. */
  untaught?: boolean;
  /** Asks with this text in the prompt. Defaults to none. */
  statement?: string;
  signal?: AbortSignal;
  /** Receives each new piece of the text that the model generates first, which need not become the answer. */
  onToken?: (text: string) => void;
}

/** A model, what it learned, and what that was. */
interface Learned {
  readonly model: TeachableModel;
  readonly consolidation: Consolidation;
  readonly facts: readonly { readonly id: string; readonly answer: string }[];
}

/**
 * Asks a model; greedy, until it ends its answer. What learning makes of a question counts as an answer only if it is
 * some fact's and one fact supports it: else it is what many facts have in common, and the untaught model's answer
 * takes its place.
 */
export async function askLearned(
  { model, consolidation, facts }: Learned,
  question: string,
  { untaught = false, statement = '', signal, onToken }: AskOptions = {},
): Promise<Asked> {
  const { memory, rule, traces } = consolidation;
  const prompt = { system: statement, user: question };
  const start = performance.now();
  const replied = ({ text }: Generation, fired: Attribution[]): Asked => ({
    answer: text,
    abstained: sameAnswer(text, model.config.qf2.abstention),
    fired,
    ms: performance.now() - start,
  });
  const generate = (from: Memory, onToken?: (text: string) => void): Promise<Generation> =>
    model.generate(prompt, from, { maxTokens: MAX_ANSWER_TOKENS, signal, onToken });

  const generation = await generate(untaught ? model.base : memory, onToken);
  const reply = replied(generation, []);
  if (untaught || reply.abstained) return reply;
  const { fired, isLearned, support } = attribute(rule, generation, traces, memory);
  if (isLearned && rule.support > 0) {
    const isTaught = facts.some(({ answer }) => sayTheSame(answer, generation.text));
    if (!isTaught || support < rule.support) return replied(await generate(model.base), []);
  }
  if (fired.length === 0 || (await saysUntaught(model, prompt, generation, signal))) return reply;
  const right = new Set(
    facts.filter(({ answer }) => sayTheSame(answer, generation.text)).map(({ id }) => id),
  );
  const rank = ({ factId }: Attribution): number => Number(!right.has(factId));
  return replied(
    generation,
    fired.sort((a, b) => rank(a) - rank(b)),
  );
}

/** Whether one answer is the other, or holds it as whole words: "8443" and "port 8443". */
function sayTheSame(a: string, b: string): boolean {
  return sameAnswer(a, b) || isSpan(a, b) || isSpan(b, a);
}

/** Whether the untaught model gives the same answer, so that no fact was its source. */
async function saysUntaught(
  model: TeachableModel,
  prompt: Prompt,
  { text, tokens }: Generation,
  signal?: AbortSignal,
): Promise<boolean> {
  const { correct } = await model.record(prompt, text, model.base, signal, tokens.length);
  return correct.every(Boolean);
}
