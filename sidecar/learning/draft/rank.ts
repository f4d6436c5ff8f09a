import { isSpan } from '../answers';
import type { Proposal } from './candidate';
import { readNounPhrase } from './nounPhrase';
import { tokens, type Token } from './tokens';
import { isDistinct, isFullName, isName, isUnit } from './values';
import weights from './weights.json';

/** What each trait adds to the odds of a proposal, as scripts/draftRanker.ts learned it. */
const WEIGHTS: Readonly<Record<string, number>> = weights;
const PRONOUN = /\b(?:it|its|they|them|their|this|that|these|those|he|she|his|her)\b/i;
const CONTRAST =
  /\b(?:not|never|instead of|rather than|used to|was|were|no longer|unlike|previously|formerly|old|older|than|except|without|neither|nor)\s+(?:\S+\s+){0,2}$/i;

/** Proposals for a statement, the most likely one to be what a user would ask first. */
export function ranked(proposals: readonly Proposal[], statement: string): Proposal[] {
  const names = namesOf(statement);
  const worth = (proposal: Proposal): number =>
    traitsOf(proposal, statement, names).reduce((sum, trait) => sum + (WEIGHTS[trait] ?? 0), 0);
  return proposals
    .map((proposal) => ({ proposal, worth: worth(proposal) }))
    .sort((a, b) => b.worth - a.worth)
    .map(({ proposal }) => proposal);
}

/** All that the ranker knows of a proposal: how it was found, and what can be seen in the statement. */
export function traitsOf(
  { questions: [question = ''], answer, traits }: Proposal,
  statement: string,
  names: readonly string[],
): string[] {
  const at = placeOf(answer, statement);
  const before = statement.slice(0, at);
  const after = statement.slice(at + answer.length);
  const kind =
    traits.find((trait) => trait.startsWith('kind=')) ?? `kind=${readNounPhrase(tokens(answer)).kind}`;
  const others = names.filter((name) => !isSpan(name, answer));
  const left = others.filter((name) => !isSpan(name, question)).length;
  const [first] = names;
  const [source = ''] = traits;
  return [
    ...traits.filter((trait) => trait !== kind),
    kind,
    `${source} ${kind}`,
    `words=${bucket(longestItem(answer), [1, 2, 3, 5, 8])}`,
    `asks with ${bucket(question.split(' ').length, [4, 8, 12, 16])}`,
    `names=${bucket(others.length - left, [0, 1, 2])}`,
    `leaves out ${bucket(left, [0, 1, 2])}`,
    `before=${/(\S+)[\s"'(`]*$/.exec(before)?.[1]?.toLowerCase() ?? ''}`,
    `after=${/^[\s"')`]*(\p{L}+|\S)/u.exec(after)?.[1]?.toLowerCase() ?? ''}`,
    `starts=${answer.split(' ')[0]?.toLowerCase() ?? ''}`,
    `begins=${question.split(' ')[0]?.toLowerCase() ?? ''}`,
    first !== undefined && isSpan(first, answer) ? 'answers with the first name' : '',
    isFullName(answer) ? 'full name' : '',
    isUnit(answer) ? 'unit' : '',
    CONTRAST.test(before) ? 'contrast' : '',
    PRONOUN.test(question) ? 'pronoun' : '',
  ].filter((trait) => trait !== '');
}

/** How many words an answer has, or of a list its longest item. */
function longestItem(answer: string): number {
  return Math.max(
    ...answer.split(/,\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+/).map((item) => item.split(' ').length),
  );
}

/** Whether a question has a name in it beyond its first word. */
export function namesSomething(question: string): boolean {
  return namesOf(question.replace(/\?$/, '')).length > 0;
}

/** The names in a text; the first word of a sentence has a capital anyway. */
export function namesOf(text: string): string[] {
  const list = tokens(text);
  const opens = (n: number): boolean => n === 0 || /[.!?:]$/.test(list[n - 1]?.text ?? '');
  const isOne = (token: Token, n: number): boolean =>
    (opens(n) ? isDistinct(token) : isName(token)) && /\p{L}/u.test(token.text) && token.text !== 'I';
  return [...new Set(list.filter(isOne).map(({ text: name }) => name.replace(/[.!?]+$/, '')))];
}

/** Where an answer stands in a statement as words of its own. */
export function placeOf(answer: string, statement: string): number {
  for (let at = statement.indexOf(answer); at >= 0; at = statement.indexOf(answer, at + 1)) {
    const isWhole =
      !/[\p{L}\p{N}]$/u.test(statement.slice(0, at)) &&
      !/^[\p{L}\p{N}]/u.test(statement.slice(at + answer.length));
    if (isWhole) return at;
  }
  return 0;
}

/** The first of some bounds that a number does not exceed. */
function bucket(n: number, bounds: readonly number[]): string {
  return String(bounds.find((bound) => n <= bound) ?? 'more');
}
