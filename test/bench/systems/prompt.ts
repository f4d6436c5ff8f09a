import type { Item } from '../data';
import type { Untaught } from '../untaught';
import { indexStatements } from './retrieval';
import { IN_PROMPT, RETRIEVAL, WHOLE_PROMPT } from './names';
import type { System } from './system';

/** The upper bound: the one statement that a question is about stands in the prompt. */
export function statementInPrompt(untaught: Untaught): System {
  return {
    name: IN_PROMPT,
    untaught,
    hold: () =>
      Promise.resolve({
        ask: async (question: string, about?: Item) => ({
          answer: await untaught.answer(question, about?.statement),
        }),
      }),
  };
}

/** The three statements that BM25 finds for the question stand in the prompt, best first. */
export function retrievalIntoPrompt(untaught: Untaught): System {
  return {
    name: RETRIEVAL,
    untaught,
    hold: (facts) => {
      const find = indexStatements(facts.map(({ statement }) => statement));
      return Promise.resolve({
        ask: async (question: string) => ({
          answer: await untaught.answer(question, find(question, 3).join(' ')),
        }),
      });
    },
  };
}

/** All statements stand in the prompt; where they do not fit the context, the last taught ones. */
export function allInPrompt(untaught: Untaught): System {
  return {
    name: WHOLE_PROMPT,
    untaught,
    hold: (facts) => {
      const statements = facts.map(({ statement }) => statement);
      const held = fitting(statements, untaught);
      const text = statements.slice(statements.length - held).join(' ');
      return Promise.resolve({
        held,
        ask: async (question: string) => ({ answer: await untaught.answer(question, text) }),
      });
    },
  };
}

/** Tokens of the context that are kept free for the question, the answer and the prompt's own words. */
const RESERVE = 96;

/** How many statements, from the last on, fit the model's context beside a question. */
function fitting(statements: readonly string[], { model }: Untaught): number {
  let room = model.config.max_position_embeddings - RESERVE;
  let held = 0;
  for (const statement of [...statements].reverse()) {
    room -= model.countTokens(` ${statement}`);
    if (room < 0) break;
    held++;
  }
  return held;
}
