import type { Learnable, Learner } from './learner';
import { isRecalled } from './verify';

/**
 * Makes the learner hold all of `facts` at once, without a transaction for each: those that are not
 * recalled are tried once more at full significance of every position.
 * @returns the facts as they are held
 */
export async function learnAll(
  learner: Learner,
  facts: readonly Learnable[],
  signal?: AbortSignal,
): Promise<Learnable[]> {
  await learner.sync(facts, signal);
  const held: Learnable[] = [];
  for (const fact of facts) {
    const recalled = await isRecalled(learner.model, fact, learner.memory, signal);
    held.push(recalled ? fact : { ...fact, emphasis: 1 });
  }
  if (held.some(({ emphasis }) => emphasis === 1)) await learner.sync(held, signal);
  return held;
}
