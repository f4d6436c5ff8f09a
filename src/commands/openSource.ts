import type { FactList } from '../factList';
import { revealSource } from '../source/reveal';
import { targetFact } from './pickFact';

/** Opens the line that a fact was taught from. */
export function openSource(facts: FactList) {
  return async (item?: unknown): Promise<void> => {
    await revealSource(await targetFact(facts, item, 'Open the source of which fact?'));
  };
}
