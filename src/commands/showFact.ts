import type { FactDetails } from '../details/factDetails';
import type { FactList } from '../factList';
import { FROM_LIST } from '../ids';
import { targetFact } from './pickFact';

/** Opens a fact's details, with the picture of how it makes the layer fire. */
export function showFact(facts: FactList, details: FactDetails) {
  return async (item?: unknown, from?: unknown): Promise<void> => {
    details.show(await targetFact(facts, item, { placeHolder: 'Select a fact to show' }), from === FROM_LIST);
  };
}
