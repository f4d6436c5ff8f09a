import type { FactList } from '../factList';
import { FROM_LIST } from '../ids';
import { revealSource } from '../source/reveal';
import { targetFact } from './pickFact';

/** Opens the line that a fact was taught from. */
export function openSource(facts: FactList) {
  return async (item?: unknown, from?: unknown): Promise<void> => {
    const fact = await targetFact(facts, item, {
      placeHolder: 'Select a fact to go to its source',
      fits: ({ source }) => source !== undefined,
      none: 'None of your facts was taught from a file.',
    });
    await revealSource(fact, from === FROM_LIST);
  };
}
