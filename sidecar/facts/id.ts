import { createHash } from 'node:crypto';
import type { Fact } from '../protocol';

/** The id of a fact: a short hash of what it says and for whom. */
export function factId(fact: Pick<Fact, 'statement' | 'questions' | 'answer' | 'scope'>): string {
  const content = JSON.stringify([fact.statement, fact.questions, fact.answer, fact.scope]);
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}
