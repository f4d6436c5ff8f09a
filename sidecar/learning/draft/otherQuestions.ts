import { subjectText } from './ask';
import { attributeQuestion } from './attributes';
import type { Clause } from './clause';
import type { Reading } from './nounPhrase';
import type { Phrase } from './phrases';
import { verbOf } from './verbs';

/** What somebody is called who does a thing. */
const AGENTS: Readonly<Record<string, string>> = {
  own: 'owner',
  maintain: 'maintainer',
  lead: 'lead',
  manage: 'manager',
  found: 'founder',
  write: 'author',
  sponsor: 'sponsor',
};

/** The question of a phrase in the form "What is the … of X?", where it has one. */
export function otherQuestions(clause: Clause, { lead }: Phrase, { kind, noun }: Reading): string[] {
  const { passive, verb, subject } = clause;
  if (subject.length === 0) return [];
  const agent = AGENTS[verbOf(verb, 'participle')?.base ?? ''];
  if (passive && lead === 'by' && agent !== undefined) return [attributeQuestion(agent, subjectText(clause))];
  const isNumbered = kind === 'number' && noun !== undefined && /^(?:on|at|as)$/.test(lead);
  return isNumbered ? [attributeQuestion(noun, subjectText(clause))] : [];
}
