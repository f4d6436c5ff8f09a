import { z } from 'zod';
import type { Dataset } from '../data';

const Message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });

/** A line of QFt training data: a statement or nothing as system, a question, an answer. */
export const Messages = z.object({ messages: z.array(Message).min(2) });
export type Messages = z.infer<typeof Messages>;

/** Teaches the lines that have a statement; the questions of those that have none are controls. */
export function fromMessages(records: readonly Messages[]): Dataset {
  const rows = records.map(({ messages }) => {
    const text = (role: string): string =>
      messages.find((message) => message.role === role)?.content.trim() ?? '';
    return { statement: text('system'), question: text('user'), answer: text('assistant') };
  });
  return {
    items: rows.filter(({ statement }) => statement !== ''),
    controls: rows
      .filter(({ statement }) => statement === '')
      .map(({ question, answer }) => ({ question, answer })),
  };
}
