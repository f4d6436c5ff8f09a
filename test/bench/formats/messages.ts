import { z } from 'zod';
import { sameAnswer } from '../../../sidecar/learning/answers';
import type { Dataset } from '../data';

const Message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });

/** A line of QFt training data: a statement or nothing as system, a question, an answer. */
export const Messages = z.object({ messages: z.array(Message).min(2) });
export type Messages = z.infer<typeof Messages>;

/** What such lines answer where the statement does not tell. */
const ABSTENTION = 'Need more information.';

/**
 * Teaches the lines whose statement gives the answer; the questions of those that have no statement are controls.
 * A line that abstains in spite of its statement holds no fact, and is left out.
 */
export function fromMessages(records: readonly Messages[]): Dataset {
  const rows = records.map(({ messages }) => {
    const text = (role: string): string =>
      messages.find((message) => message.role === role)?.content.trim() ?? '';
    return { statement: text('system'), question: text('user'), answer: text('assistant') };
  });
  return {
    items: rows.filter(({ statement, answer }) => statement !== '' && !sameAnswer(answer, ABSTENTION)),
    controls: rows
      .filter(({ statement }) => statement === '')
      .map(({ question, answer }) => ({ question, answer })),
  };
}
