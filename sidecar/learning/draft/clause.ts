import { isLead } from './phrases';
import { isWord, textOf, type Token } from './tokens';
import { isDistinct, isName, isNumber } from './values';
import { ADVERB, AUXILIARY, command, verbGroup, type VerbGroup } from './verbGroup';
import { verbOf } from './verbs';

/** A clause, taken apart so that a question can be put together from it. */
export interface Clause extends VerbGroup {
  /** What stands before the subject: "By default", "For X". */
  front: Token[];
  /** Empty if the clause commands, or leaves its subject out. */
  subject: Token[];
}

const BLOCKS_VERB =
  /^(?:the|a|an|its|our|their|his|her|your|my|no|all|any|some|each|every|and|or|of|that|which|who|this|these|those|\S+['’]s?)$/;
const PRONOUN = /^(?:we|you|they|i)$/;
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
  if (verbOf(first.text, 'base') && !isNumbered && !isLikelyNoun(body.slice(skipped))) return command(body);
  const opens =
    isDistinct(second) ||
    isLead(second) ||
    isNumber(second.text) ||
    isWord(second, /^(?:the|a|an|its|all|back|up|out|down)$/);
  const elided =
    verbOf(first.text, 'third') && !isWord(second, AUXILIARY) && (opens || findVerb(body) === undefined);
  return elided && !isWord(second, /^(?:of|in|for|to)$/) ? verbGroup(body) : undefined;
}

/** How many tokens an adverbial before the subject has: up to its comma, or up to a pronoun. */
function frontLength(list: readonly Token[]): number {
  if (!isLead(list[0]) && !isWord(list[0], /^(?:out|thanks|unlike|instead of|due to)$/)) return 0;
  const comma = list.findIndex(
    (token, n) =>
      token.kind === 'mark' && COMMA.test(token.text) && !isWord(list[n + 1], /^(?:which|who|that)$/),
  );
  if (comma > 0 && comma < list.length - 2) return comma + 1;
  const pronoun = list.findIndex(
    (token, n) => n > 1 && (isWord(token, PRONOUN) || isWord(token, /^(?:it|there)$/)),
  );
  return Math.max(0, pronoun);
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

/** Where the finite verb of a clause stands. */
function findVerb(body: readonly Token[]): number | undefined {
  for (let n = 1; n < body.length; n++) {
    const [before, token, next] = body.slice(n - 1, n + 2);
    if (!before || !token) continue;
    if (token.kind === 'mark' && !/^[,]$/.test(token.text)) return undefined;
    if (token.kind !== 'word' || isWord(before, /^(?:that|which|who)$/)) continue;
    if (isWord(token, AUXILIARY)) return n;
    if (isWord(before, BLOCKS_VERB) || isLead(before)) continue;
    if (isNumber(before.text) && !isName(body[n - 2])) continue;
    if (isLead(next) && isPlural(body.slice(0, n + 1)) && baseFollows(body, n + 2)) continue;
    if (next === undefined || isWord(next, AUXILIARY) || isWord(next, /^of$/)) {
      if (next !== undefined || !verbOf(token.text, 'third')) continue;
    }
    if (auxiliaryFollows(body.slice(n + 1)) && !isName(before)) continue;
    if (isFinite(token, before, next, body.slice(0, n))) return n;
  }
  return undefined;
}

function isFinite(token: Token, before: Token, next: Token | undefined, subject: readonly Token[]): boolean {
  const word = token.text;
  if (/^\p{Lu}/u.test(word) || isDistinct(token)) return false;
  if (isWord(before, PRONOUN)) return verbOf(word) !== undefined || !isWord(token, ADVERB);
  if (verbOf(word, 'third'))
    return !(next?.kind === 'word' && isPlural(subject.concat(token)) && startsVerb(next));
  if (verbOf(word, 'past') && !isWord(next, /^by$/)) return !isWord(next, AUXILIARY);
  if (verbOf(word, 'base')) return isPlural(subject);
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
      verbOf(token.text, 'base') !== undefined &&
      !isName(token),
  );
}

/** Whether a word right behind a possible verb is a verb itself: "builds take". */
function startsVerb(token: Token): boolean {
  const verb = verbOf(token.text, 'base');
  const isParticle = isWord(token, /^(?:back|up|down|out|off|over|on|away)$/);
  return verb !== undefined && !isParticle && !verbOf(token.text, 'third') && !isName(token);
}

/** Whether an auxiliary stands further on in the same clause. */
function auxiliaryFollows(rest: readonly Token[]): boolean {
  for (const token of rest) {
    if (
      token.kind === 'mark' ||
      isWord(
        token,
        /^(?:that|which|who|when|if|because|unless|while|until|where|before|after|once|so|as|and|but)$/,
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
  if (head.some((token) => isWord(token, /^and$/))) return true;
  const last = head.at(-1);
  return (
    last?.kind === 'word' &&
    /[^su'’]s$/.test(last.text) &&
    !isDistinct(last) &&
    (!/^\p{Lu}/u.test(last.text) || head.length === 1)
  );
}
