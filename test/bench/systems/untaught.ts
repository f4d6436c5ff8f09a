import type { Untaught } from '../untaught';
import { NOTHING } from './names';
import type { System } from './system';

/** The model with no fact at all: what it knew or guesses. */
export function withoutFacts(untaught: Untaught): System {
  return {
    name: NOTHING,
    untaught,
    hold: () =>
      Promise.resolve({
        ask: async (question: string) => ({ answer: await untaught.answer(question) }),
      }),
  };
}
