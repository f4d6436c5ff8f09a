import { setImmediate } from 'node:timers/promises';
import { concat } from './concat';
import type { Sequence, Step } from './runner';
import { joinSeen } from './seen';

/** Tokens that are computed in one go. The sidecar answers nothing meanwhile: with a large model, a good second. */
const CHUNK = 128;

/**
 * Reads a prompt after what `sequence` has read, in chunks between which the event loop runs. The same prompt is always
 * divided in the same way, so that it gives the same bits.
 * @param asked indices into `tokens` at which results are wanted, in ascending order
 * @throws the signal's reason if it aborts; ModelError as `Sequence.step` does
 */
export async function prefill(
  sequence: Sequence,
  tokens: readonly number[],
  asked: readonly number[],
  signal?: AbortSignal,
): Promise<Step> {
  const steps: Step[] = [];
  for (let start = 0; start < tokens.length; start += CHUNK) {
    if (start > 0) await setImmediate();
    signal?.throwIfAborted();
    const chunk = tokens.slice(start, start + CHUNK);
    const here = asked.flatMap((at) => (at >= start && at < start + chunk.length ? [at - start] : []));
    // The graph wants to be asked for something.
    const step = await sequence.step(chunk, here.length > 0 ? here : [0]);
    if (here.length > 0) steps.push(step);
  }
  signal?.throwIfAborted();
  return { logits: concat(steps.map(({ logits }) => logits)), ...joinSeen(steps) };
}
