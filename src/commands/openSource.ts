import type { FactList } from '../factList';
import { FROM_LIST } from '../ids';
import { revealSource } from '../source/reveal';
import { targetFact } from './pickFact';

/** Opens the line that a fact was taught from. */
export function openSource(facts: FactList) {
  return async (item?: unknown, from?: unknown): Promise<void> => {
    const fact = await targetFact(facts, item, 'Open the source of which fact?');
    await revealSource(fact, from === FROM_LIST);
  };
}
