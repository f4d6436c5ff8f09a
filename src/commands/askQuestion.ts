import type { AskResult } from '../../sidecar/protocol';
import type { AskView } from '../panel/askView';

/** Shows the Ask panel; with a question as its argument, asks it there and returns the result. */
export function askQuestion(askView: AskView) {
  return async (question?: unknown): Promise<AskResult | undefined> => {
    await askView.focus();
    return typeof question === 'string' && question.trim() !== '' ? askView.ask(question.trim()) : undefined;
  };
}
