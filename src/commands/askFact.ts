import type { AskResult } from '../../sidecar/protocol';
import type { FactList } from '../factList';
import type { AskView } from '../panel/askView';
import { targetFact } from './pickFact';

/** Asks a fact's own first question in the panel. */
export function askFact(facts: FactList, askView: AskView) {
  return async (item?: unknown): Promise<AskResult | undefined> => {
    const fact = await targetFact(facts, item, { placeHolder: 'Select a fact to ask about' });
    await askView.focus();
    return askView.ask(fact.questions[0] ?? fact.statement);
  };
}
