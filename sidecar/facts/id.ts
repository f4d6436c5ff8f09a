import { createHash } from 'node:crypto';
import type { Fact } from '../protocol';

type Content = Pick<Fact, 'statement' | 'questions' | 'answer' | 'scope'>;

/** The id of a fact: a short hash of what it says and for whom. */
export function factId(fact: Content): string {
  return hashOf(contentOf(fact));
}

/**
 * The id of a new fact among others: that of one which says the same, if any. One whose line was edited by hand kept
 * the id of what it said before, which is not taken from it.
 */
export function freeId(fact: Content, others: readonly Fact[]): string {
  const content = contentOf(fact);
  const same = others.find((other) => contentOf(other) === content);
  if (same) return same.id;
  let id = hashOf(content);
  while (others.some((other) => other.id === id)) id = hashOf(id + content);
  return id;
}

function contentOf({ statement, questions, answer, scope }: Content): string {
  return JSON.stringify([statement, questions, answer, scope]);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
