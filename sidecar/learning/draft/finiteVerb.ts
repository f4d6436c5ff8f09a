import { isLead } from './phrases';
import { isWord, textOf, type Token } from './tokens';
import { isDistinct, isName, isNumber } from './values';
import { ADVERB, AUXILIARY } from './verbGroup';
import { verbIn, verbOf } from './verbs';

/** Words behind which no finite verb stands. */
export const BLOCKS_VERB =
  /^(?:the|a|an|its|our|their|his|her|your|my|no|all|any|some|each|every|and|or|of|that|which|who|this|these|those|\S+['’]s?)$/;
export const PRONOUN = /^(?:we|you|they|i)$/;

/** "The app and the kiosk all share …": what stands between a subject and its verb. */
const FLOATING = /^(?:all|both|each)$/;

/** Where the finite verb of a clause stands. */
export function findVerb(body: readonly Token[]): number | undefined {
  for (let n = 1; n < body.length; n++) {
    const [before, token, next] = body.slice(n - 1, n + 2);
    if (!before || !token) continue;
    if (token.kind === 'mark' && !/^[,]$/.test(token.text)) return undefined;
    if (token.kind !== 'word' || isWord(before, /^(?:that|which|who)$/)) continue;
    if (isWord(token, AUXILIARY)) return n;
    const floats = n > 1 && isWord(before, FLOATING) && isPlural(body.slice(0, n - 1));
    if ((isWord(before, BLOCKS_VERB) && !floats) || isLead(before)) continue;
    if (isNumber(before.text) && !isName(body[n - 2]) && !isNumberedName(body.slice(0, n))) continue;
    if (body[0]?.form === 'gerund' && !isTagged(token) && body.slice(n).some(isTagged)) continue;
    if (isLead(next) && isPlural(body.slice(0, n + 1)) && baseFollows(body, n + 2)) continue;
    if (next === undefined || isWord(next, AUXILIARY) || isWord(next, /^of$/)) {
      if (next !== undefined || !verbIn(token, 'third')) continue;
    }
    const isReduced = verbIn(token, 'participle') !== undefined && isLead(next);
    if (auxiliaryFollows(body.slice(n + 1)) && (isReduced || !isName(before) || (n === 1 && isLead(next))))
      continue;
    if (isFinite(token, before, body.slice(n + 1), subjectOf(body.slice(0, n))))
      return laterVerb(body, n) ?? n;
  }
  return undefined;
}

/** "Printing labels on Windows requires …": whether the tagger sees a finite verb, too. */
function isTagged({ form }: Token): boolean {
  return form === 'third' || form === 'past';
}

/** "Version 4.2": a noun and its number, as opposed to so many of something. */
function isNumberedName(subject: readonly Token[]): boolean {
  return isWord(subject.at(-2), /^(?:version|release|step|phase|stage|level|tier|rule|option|section|part)$/);
}

/** What stands before a verb, without adverbs and the like at its end. */
function subjectOf(before: readonly Token[]): readonly Token[] {
  const last = before.at(-1);
  const isSubject = before.length === 1 || !(isWord(last, ADVERB) || isWord(last, FLOATING));
  return isSubject ? before : subjectOf(before.slice(0, -1));
}

/** "Everything the app learns stays …": the second verb, where the first belongs to a relative clause. */
function laterVerb(body: readonly Token[], at: number): number | undefined {
  if (!isWord(body[0], /^(?:everything|anything|whatever|everyone|anyone|whoever|nothing|all)$/))
    return undefined;
  const end = body.findIndex((token) => token.kind === 'mark');
  const later = body.findIndex(
    (token, n) =>
      n > at + 1 &&
      (end < 0 || n < end) &&
      (isWord(token, AUXILIARY) || verbIn(token, 'third') !== undefined) &&
      !isWord(body[n - 1], BLOCKS_VERB),
  );
  return later < 0 ? undefined : later;
}

function isFinite(
  token: Token,
  before: Token,
  [next, after]: readonly Token[],
  subject: readonly Token[],
): boolean {
  const word = token.text;
  if (/^\p{Lu}/u.test(word) || isDistinct(token)) return false;
  if (isWord(before, PRONOUN)) return verbOf(word) !== undefined || !isWord(token, ADVERB);
  // "Store secrets in Vault": a command, no name of one that secrets anything.
  const isCommand = subject.length === 1 && /^\p{Lu}\p{Ll}+$/u.test(before.text) && verbIn(before, 'base');
  if (isCommand && isLead(next)) return false;
  if (verbIn(token, 'third') && isNumberedName(subject)) return true;
  if (verbIn(token, 'third'))
    return !(next?.kind === 'word' && isPlural(subject.concat(token)) && startsVerb(next, token, after));
  if (verbIn(token, 'past') && !isWord(next, /^by$/)) return !isWord(next, AUXILIARY);
  if (verbIn(token, 'base')) return isPlural(subject);
  if (!/[^s]s$/.test(word)) return false;
  if (isWord(next, /^(?:the|a|an|its|their|all|no|up to|at most|every)$/)) return true;
  return isName(before) && (isLead(next) || isNumber(textOf(next)));
}

/** Whether the plural noun that a word may be has its own verb later on: "Reports for X go to Y". */
function baseFollows(body: readonly Token[], from: number): boolean {
  return body.some(
    (token, n) =>
      n > from &&
      token.kind === 'word' &&
      !isLead(body[n - 1]) &&
      !isWord(body[n - 1], BLOCKS_VERB) &&
      isLead(body[n + 1]) &&
      verbIn(token, 'base') !== undefined &&
      !isName(token),
  );
}

/** Whether a word right behind a possible verb is a verb itself: "builds take". */
function startsVerb(token: Token, before: Token, after: Token | undefined): boolean {
  // "Uses port 80", not "files start with a date".
  const isNoun = before.form === 'third' && token.form === undefined && !isLead(after);
  const verb = isNoun ? undefined : verbIn(token, 'base');
  const isParticle = isWord(token, /^(?:back|up|down|out|off|over|on|away)$/);
  return verb !== undefined && !isParticle && !verbIn(token, 'third') && !isName(token);
}

/** Whether an auxiliary stands further on in the same clause. */
function auxiliaryFollows(rest: readonly Token[]): boolean {
  for (const token of rest) {
    if (
      token.kind === 'mark' ||
      isWord(
        token,
        /^(?:that|which|who|when|whenever|whether|though|although|since|if|because|unless|while|until|where|before|after|once|so|as|and|but)$/,
      )
    )
      return false;
    if (isWord(token, AUXILIARY)) return true;
  }
  return false;
}

/** Whether the head of a subject, the noun before its first preposition, is plural. */
export function isPlural(subject: readonly Token[]): boolean {
  const end = subject.findIndex((token, n) => n > 0 && (isLead(token) || isWord(token, /^of$/)));
  const head = subject.slice(0, end < 0 ? undefined : end);
  if (head.some((token) => token.kind === 'joint' || isWord(token, /^and$/))) return true;
  const last = head.at(-1);
  return (
    last?.kind === 'word' &&
    /[^su'’]s$/.test(last.text) &&
    !isDistinct(last) &&
    (!/^\p{Lu}/u.test(last.text) || head.length === 1)
  );
}
