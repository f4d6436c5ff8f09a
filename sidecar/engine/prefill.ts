import { setImmediate } from 'node:timers/promises';
import type { KvCache } from './cache';
import { concat } from './concat';
import type { Runner, Step } from './runner';
import { joinSeen } from './seen';
import type { Memory } from './types';

/** Tokens that are computed in one go. The sidecar answers nothing meanwhile: with a large model, a good second. */
const CHUNK = 128;

/**
 * Runs a prompt after what `cache` holds, in chunks between which the event loop runs. The same prompt is always
 * divided in the same way, so that it gives the same bits.
 * @param asked indices into `tokens` at which results are wanted, in ascending order
 * @throws the signal's reason if it aborts; ModelError as `Runner.step` does
 */
export async function prefill(
  runner: Runner,
  tokens: readonly number[],
  asked: readonly number[],
  cache: KvCache,
  memory: Memory,
  signal?: AbortSignal,
): Promise<Step> {
  const steps: Step[] = [];
  for (let start = 0; start < tokens.length; start += CHUNK) {
    if (start > 0) await setImmediate();
    signal?.throwIfAborted();
    const chunk = tokens.slice(start, start + CHUNK);
    const here = asked.flatMap((at) => (at >= start && at < start + chunk.length ? [at - start] : []));
    // The graph wants to be asked for something.
    const step = await runner.step(chunk, here.length > 0 ? here : [0], cache, memory);
    if (here.length > 0) steps.push(step);
  }
  signal?.throwIfAborted();
  return { logits: concat(steps.map(({ logits }) => logits)), ...joinSeen(steps) };
}
