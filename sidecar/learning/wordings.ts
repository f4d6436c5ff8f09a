import { oneLine } from './answers';

/**
 * Words that say nothing of what is asked about. "When", "where" and the past tense do, of facts that differ in
 * nothing else, and so does a preposition at the end: "used for", "used by".
 */
export const LIGHT = new Set(
  (
    'the a an is are be do does that please my me our us ' +
    'what which i you we can could would tell know remember give need'
  ).split(' '),
);
export const PREPOSITIONS = new Set('of for to on at in with by'.split(' '));

/**
 * The same question as others may put it, made without knowing its language well: its keywords, and these with the
 * first one last. None of them is the question itself.
 */
export function otherWordings(question: string): string[] {
  const words = oneLine(question)
    .replace(/[?.!:\s]+$/, '')
    .split(' ');
  const isLight = (word: string, n: number): boolean =>
    LIGHT.has(word) || (PREPOSITIONS.has(word) && n < words.length - 1);
  const [first, ...rest] = words.filter((word, n) => !isLight(word.toLowerCase(), n));
  if (!first) return [];
  const wordings = [
    [first, ...rest],
    [...rest, first],
  ].map((keywords) => `${keywords.join(' ')}?`);
  return [...new Set(wordings)].filter((wording) => wording !== question);
}
