import { createHash } from 'node:crypto';
import type { Fact } from '../protocol';

type Content = Pick<Fact, 'statement' | 'questions' | 'answer' | 'scope'>;

/** The id of a fact: a short hash of what it says and for whom. */
export function factId(fact: Content): string {
  return hashOf(contentOf(fact));
}

/**
 * The id of a new fact among others. One whose line was edited by hand kept the id of what it said before, which is
 * not taken from it.
 */
export function freeId(fact: Content, others: readonly Fact[]): string {
  const content = contentOf(fact);
  let id = hashOf(content);
  while (others.some((other) => other.id === id && contentOf(other) !== content)) id = hashOf(id + content);
  return id;
}

function contentOf({ statement, questions, answer, scope }: Content): string {
  return JSON.stringify([statement, questions, answer, scope]);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
