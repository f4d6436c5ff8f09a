import type { ModelConfig } from './config';
import { ModelError } from './errors';
import { prefill } from './prefill';
import { encodeAnswer, encodePrompt } from './prompt';
import { withSequence, type Runner } from './runner';
import { joinSeen, type Seen } from './seen';
import { argmax, probabilityOf, rowOf } from './softmax';
import { TextStream } from './textStream';
import type { Tokenizer } from './tokenizer';
import type { GenerateOptions, Generation, Memory, Prompt, Recording } from './types';

const DEFAULT_MAX_TOKENS = 64;

/** What asking needs. */
export interface Parts {
  readonly config: ModelConfig;
  readonly tokenizer: Tokenizer;
  readonly runner: Runner;
}

/**
 * Greedy decoding with a key/value cache, until the stop or the limit. Every call starts from an empty one, so
 * that the same question gives the same bits whatever was asked before.
 * @throws ModelError if the prompt leaves no room for an answer; the signal's reason if it aborts.
 */
export async function generate(
  { config, tokenizer, runner }: Parts,
  prompt: Prompt,
  memory: Memory,
  { signal, maxTokens = DEFAULT_MAX_TOKENS, onToken }: GenerateOptions = {},
): Promise<Generation> {
  const { max_position_embeddings: context, qf2 } = config;
  const ids = encodePrompt(tokenizer, qf2.prompt, prompt);
  checkLength('prompt', ids.length, context - 1);
  // The last token of an answer is not fed, so it may lie one beyond the context.
  const limit = Math.max(1, Math.min(maxTokens, context - ids.length + 1));
  const stream = new TextStream(tokenizer, qf2.stop, onToken);
  const seen: Seen[] = [];

  let next = ids;
  await withSequence(runner, memory, async (sequence) => {
    let hasEnded = false;
    while (!hasEnded && stream.tokens.length < limit) {
      const { logits, ...here } = await prefill(sequence, next, [next.length - 1], signal);
      seen.push(here);
      const token = argmax(logits);
      hasEnded = stream.push(token);
      next = [token];
    }
  });
  stream.end();
  const { tokens, text } = stream;
  return { text, tokens, ...joinSeen(seen) };
}

/**
 * One teacher-forced prefill of prompt and answer, seen at the positions that predict the answer and the stop.
 * @param most of these positions, the first ones: what comes after them is not computed
 * @throws ModelError if they are longer than the model's context; the signal's reason if it has aborted.
 */
export async function record(
  { config, tokenizer, runner }: Parts,
  prompt: Prompt,
  answer: string,
  memory: Memory,
  signal?: AbortSignal,
  most = Infinity,
): Promise<Recording> {
  const { max_position_embeddings: context, vocab_size: vocabulary, qf2 } = config;
  const ids = encodePrompt(tokenizer, qf2.prompt, prompt);
  const tokens = encodeAnswer(tokenizer, answer, qf2.stop).slice(0, most);
  const t = tokens.length;
  checkLength('statement, question and answer', ids.length + t - 1, context);
  const asked = tokens.map((_, i) => ids.length - 1 + i);
  const { logits, keys, codes, pre } = await withSequence(runner, memory, (sequence) =>
    prefill(sequence, [...ids, ...tokens.slice(0, -1)], asked, signal),
  );
  const rows = tokens.map((token, i) => ({ token, logits: rowOf(logits, i, vocabulary) }));
  return {
    tokens,
    keys,
    codes,
    pre,
    probability: Float32Array.from(rows, (row) => probabilityOf(row.logits, row.token)),
    correct: rows.map((row) => argmax(row.logits) === row.token),
    t,
  };
}

function checkLength(what: string, tokens: number, limit: number): void {
  if (tokens <= limit) return;
  throw new ModelError(
    `Too long for the model: ${tokens} tokens in the ${what}, at most ${limit}. Shorten the text.`,
  );
}
