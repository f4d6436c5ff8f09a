import { consolidate } from './consolidate';
import { MOST_AT_ONCE } from './consolidation';
import type { Learner } from './learner';
import type { Learnable } from './record';
import { isRecalled } from './verify';

/**
 * Makes the learner hold all of `facts` at once, without a transaction for each: so many that they would drown each
 * other are consolidated, and those that are not recalled then are tried once more at full significance of every
 * position.
 * @returns the facts as they are held
 */
export async function learnAll(
  learner: Learner,
  facts: readonly Learnable[],
  signal?: AbortSignal,
): Promise<Learnable[]> {
  const hold = async (all: readonly Learnable[]): Promise<void> => {
    await learner.sync(all, signal);
    if (learner.consolidation.unsettled > MOST_AT_ONCE) await consolidate(learner, { signal });
  };
  await hold(facts);
  const held: Learnable[] = [];
  for (const fact of facts) {
    const recalled = await isRecalled(learner.model, fact, learner.memory, signal);
    held.push(recalled ? fact : { ...fact, emphasis: 1 });
  }
  if (held.some(({ emphasis }) => emphasis === 1)) await hold(held);
  return held;
}
