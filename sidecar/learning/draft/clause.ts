import { BLOCKS_VERB, findVerb, PRONOUN } from './finiteVerb';
import { isLead } from './phrases';
import { isWord, textOf, type Token } from './tokens';
import { isDistinct, isName, isNumber } from './values';
import { ADVERB, AUXILIARY, command, verbGroup, type VerbGroup } from './verbGroup';
import { verbIn } from './verbs';

/** A clause, taken apart so that a question can be put together from it. */
export interface Clause extends VerbGroup {
  /** What stands before the subject: "By default", "For X". */
  front: Token[];
  /** Empty if the clause commands, or leaves its subject out. */
  subject: Token[];
}

const FRONTING =
  /^(?:out|thanks|unlike|instead of|due to|having|being|should|once|given|owing|every|each|twice|as|although|though|whatever|whenever|older|apart)$/;
const LEADING_ADVERB =
  /^(?:afterwards|elsewhere|otherwise|here|then|now|today|currently|sadly|instead|hence|thus|therefore|consequently|meanwhile|still|also|finally|nowadays|later|internally|eventually|usually|normally|\p{Ll}+ally)$/u;
const RELATIVE = /^(?:which|who|that|whose|where)$/;
const COMMA = /^[,—–]$/;

/** Takes a clause apart; undefined if no verb is found in it. */
export function parseClause(list: readonly Token[]): Clause | undefined {
  const start = frontLength(list);
  const front = list.slice(0, start);
  while (front.at(-1)?.kind === 'mark') front.pop();
  const body = list.slice(start);
  const subjectless = withoutSubject(body);
  if (subjectless) return { front, subject: [], ...subjectless };
  const at = findVerb(body);
  if (at === undefined) return undefined;
  const subject = body.slice(0, at);
  const group = verbGroup(body.slice(at));
  for (; subject.length > 1 && isWord(subject.at(-1), ADVERB); subject.pop())
    if (isWord(subject.at(-1), /^(?:never|no longer)$/))
      group.verb = `${textOf(subject.at(-1))} ${group.verb}`;
  return { front, subject: withoutApposition(subject), ...group };
}

/** "X, formerly Y," → X */
function withoutApposition(subject: readonly Token[]): Token[] {
  const comma = subject.findIndex((token) => token.kind === 'mark');
  return subject.slice(0, comma > 0 && subject.at(-1)?.kind === 'mark' ? comma : undefined);
}

/** "Use X for Y", "Returns X": a clause that begins with its verb. */
function withoutSubject(body: readonly Token[]): VerbGroup | undefined {
  const skipped = body.findIndex(
    (token) => !isWord(token, /^(?:please|always|never|then|first|don't|do not)$/),
  );
  const [first, second] = body.slice(Math.max(0, skipped));
  if (first?.kind !== 'word' || second === undefined) return undefined;
  if (isWord(first, /^(?:return|yield|raise|throw)$/))
    return verbGroup([{ ...first, text: `${first.text}s` }, ...body.slice(1)]);
  const isNumbered = isNumber(second.text) && body.every((token, n) => n < 2 || token.kind === 'aside');
  if (verbIn(first, 'base') && !isNumbered && !isLikelyNoun(body.slice(skipped))) return command(body);
  const opens =
    isDistinct(second) ||
    (isLead(second) && !isRelative(second, body[2])) ||
    isNumber(second.text) ||
    isWord(second, /^(?:the|a|an|its|all|back|up|out|down)$/);
  const at = findVerb(body) ?? 0;
  // A plural noun has no singular verb behind it: the first word is the verb.
  const isVerbless = at === 0 || (first.form === 'third' && body[at]?.form === 'third');
  const elided = verbIn(first, 'third') && !isWord(second, AUXILIARY) && (opens || isVerbless);
  const isNoun = isWord(second, /^(?:of|in|for|to)$/) && !(first.form === 'third' && isVerbless);
  return elided && !isNoun ? verbGroup(body) : undefined;
}

/** How many tokens an adverbial before the subject has: up to its comma, or to where a subject begins. */
function frontLength(list: readonly Token[]): number {
  const [first] = list;
  const isPhrase = isLead(first) || isWord(first, FRONTING);
  if (isWord(first, LEADING_ADVERB) && list[1]?.kind !== 'mark') return startsClause(list.slice(1)) ? 1 : 0;
  if (!isPhrase && first?.form !== 'past' && first?.form !== 'gerund') return 0;
  const commas = list.flatMap((token, n) => (token.kind === 'mark' && COMMA.test(token.text) ? [n] : []));
  const opens = (at: number): boolean => isPhrase || findVerb(list.slice(0, at)) === undefined;
  const comma = commas.find((at) => at < list.length - 2 && opens(at) && startsClause(list.slice(at + 1)));
  if (comma !== undefined) return comma + 1;
  if (!isPhrase) return 0;
  const pronoun = list.findIndex(
    (token, n) => n > 1 && (isWord(token, PRONOUN) || isWord(token, /^(?:it|there)$/)),
  );
  if (pronoun > 0) return pronoun;
  const [last] = commas;
  if (last !== undefined && last < list.length - 2 && !isWord(list[last + 1], RELATIVE)) return last + 1;
  return Math.max(
    0,
    list.findIndex((_, n) => n > 1 && startsSubject(list, n)),
  );
}

/** Whether a clause with a subject of its own, or a command, begins here. */
function startsClause(rest: readonly Token[]): boolean {
  if (isWord(rest[0], RELATIVE) || isWord(rest[0], /^(?:and|or)$/)) return false;
  return (
    isWord(rest[0], /^(?:please|do|never|always)$/) ||
    findVerb(rest) !== undefined ||
    verbIn(rest[0], 'base') !== undefined
  );
}

/** "that" of "Tests that touch …", which a verb follows; not of "Checks that the token …". */
function isRelative(token: Token | undefined, next: Token | undefined): boolean {
  const isVerb = verbIn(next, 'base') ?? verbIn(next, 'third') ?? (isWord(next, AUXILIARY) || undefined);
  return isWord(token, /^that$/) && isVerb !== undefined;
}

/** What stands after these is no subject of what follows: "Every endpoint except X requires …". */
const EXCLUDES = /^(?:not|except|unlike|without|instead of|rather than)$/;

/** Whether a subject begins at `n`, right behind the noun of an adverbial: "Under load Puffin …". */
function startsSubject(list: readonly Token[], n: number): boolean {
  const [before, token] = list.slice(n - 1);
  const follows =
    before?.kind === 'word' &&
    !isWord(before, EXCLUDES) &&
    !isLead(before) &&
    !isWord(before, BLOCKS_VERB) &&
    !isName(before);
  const arePlural = /[^s]s$/.test(textOf(before)) && /[^s]s$/.test(textOf(token));
  const opens = isName(token) || isWord(token, /^(?:the|our|each|every|all)$/) || arePlural;
  return follows && opens && findVerb(list.slice(n)) !== undefined;
}

/** A base form that starts a clause is a command unless a verb follows the noun that it may be. */
function isLikelyNoun(body: readonly Token[]): boolean {
  const at = findVerb(body);
  if (at === undefined) return false;
  const between = body.slice(1, at);
  return !between.some(
    (token) =>
      token.kind === 'mark' ||
      (isLead(token) && !isWord(token, /^(?:for|in|of|on|to)$/)) ||
      isWord(token, /^(?:the|a|an|it)$/),
  );
}
