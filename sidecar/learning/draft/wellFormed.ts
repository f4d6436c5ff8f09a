import { isSpan } from '../answers';

const AUXILIARY = '(?:do|does|did|is|are|was|were|has|have|will|would|can|could|may|must|should)';
/** What no subject begins with: a clause was taken for one. */
const NO_SUBJECT =
  '(?:because|if|when|while|since|although|though|how|why|what|whether|neither|nor|as|so|and|or|but|do|did|please|should|not yet|older|here|instead|otherwise|yes|hence)';
const CLAUSE_AS_SUBJECT = new RegExp(
  `^(?:\\S+ ){1,5}?(?:${AUXILIARY} ${NO_SUBJECT}|(?:do|does|did) (?:for|in|on|at|by|from))(?![\\w-])`,
  'i',
);
const LEFT_OVER =
  /(?:[,;:(]|\b(?:and|or|but|the|an?|of|not|never|no|always|ever|only|which|that|because|if|once|unless|then|so|than|its|their|our|my|is|are|whose|very)|\d to)\?$/i;
const NO_PREDICATE =
  /^\S+(?: (?:what|who))?\?$|^(?:what|who) (?:for|if|once|since|in|on|at|with|to|from|of|by|as)\b/i;
/** "Who approves what?": two things asked for at once. */
const ASKS_TWICE = /^(?:who|what|when|where|which|why|how)\b.* (?:who|what)\?$/i;
const DOUBLED = /\b(\p{L}+) \1\b/u;
/** What names nothing, or is but a part of a verb. */
const NO_ANSWER =
  /^(?:it|we|you|they|i|he|she|them|us|this|that|these|those|which|who|e\.?g\.?|i\.?e\.?|(?:(?:no longer|ever|never|only|not|also) )*be(?: \S+)?)$/i;
const PUNCTUATION = /[?;] |: |^\S+ (?:and|or|,)/;

/** Whether a question reads as one: with a subject, nothing left over at its end, no parenthesis cut, and not the answer in it. */
export function isWellFormed(question: string, answer: string): boolean {
  const count = (text: string, mark: RegExp): number => text.match(mark)?.length ?? 0;
  return (
    !CLAUSE_AS_SUBJECT.test(question) &&
    !LEFT_OVER.test(question) &&
    !NO_PREDICATE.test(question) &&
    !PUNCTUATION.test(question) &&
    !ASKS_TWICE.test(question) &&
    !DOUBLED.test(question) &&
    !NO_ANSWER.test(answer) &&
    count(question, /["“”]/g) % 2 === 0 &&
    [question, answer].every((text) => count(text, /\(/g) === count(text, /\)/g)) &&
    !(answer.length > 2 && isSpan(answer, question))
  );
}
