import { isSpan, sameAnswer } from '../answers';
import { withTraits, type Proposal } from './candidate';
import { parseClause } from './clause';
import { echoes } from './echo';
import { findVerb } from './finiteVerb';
import { idiomOf } from './idioms';
import { readNounPhrase } from './nounPhrase';
import { phraseAnswers } from './phraseAnswers';
import { cutsList, withLists } from './lists';
import { lowerFirst } from './questions';
import { namesOf } from './rank';
import { subjectAnswer } from './subjectAnswer';
import { tagWords } from './tagging';
import { isWord, plainText, tokens, type Token } from './tokens';
import { resolve, topicOf, withImplied } from './topic';
import { isFullName, isName } from './values';
import { AUXILIARY } from './verbGroup';
import { verbIn } from './verbs';
import { isWellFormed } from './wellFormed';
import { why } from './why';

/** Words before a colon that say what kind of remark follows, not what it is about. */
export const LABEL =
  /^(?:note|decision|status|deprecated(?: since \S+)?|warning|example|usage|default|supersedes [^:]*|context|consequences?|rationale|reason|important|caution|hint|tip|info|summary|rule|reminder|update|outcome|result|fyi|safety|added|changed|fixed|removed|breaking(?: change)?|(?:feat|fix|perf|refactor|chore|revert)(?:\([^)]*\))?!?|(?:docs|test|build|ci|style)(?:\([^)]*\)!?|!)|docs(?=: \p{Ll}+ \p{Ll}))(?: \([^)]*\))?: /iu;

/** ", e.g. X": what is but an example. */
const EXAMPLE = /,? (?:e\.g\.|for example|for instance),? [^;:()]+?(?=\.?$|;)/;

/** What the clauses of a sentence answer. `before` is what the sentence before it is about. */
export function sentenceProposals(sentence: string, before?: string): Proposal[] {
  const whole = withImplied(
    before,
    withLists(
      tagWords(
        tokens(
          sentence
            .replace(LABEL, '')
            .replace(EXAMPLE, '')
            .replace(/^do not\b/i, "don't")
            .replace(/['’]ll\b/g, ' will')
            .replace(/['’]re\b/g, ' are'),
        ),
      ),
    ),
  );
  const clauses = clausesOf(whole);
  const own = topicOf(whole);
  const topicAt = (n: number): string | undefined => (n === 0 ? (before ?? own) : (own ?? before));
  return clauses
    .flatMap((clause, n) =>
      readings(withOwner(withSubject(clause, clauses[n - 1]), clauses[n - 1]), topicAt(n)).map((each) =>
        withTraits(each, `clause=${Math.min(n, 2)}`),
      ),
    )
    .concat(why(whole, own ?? before))
    .filter(
      ({ questions: [question = ''], answer }) => isWellFormed(question, answer) && !cutsList(answer, whole),
    );
}

/** What opens a clause that belongs to another one, to the end of which "and" may go on with it. */
const SUBORDINATES =
  /^(?:if|when|whenever|unless|while|because|since|after|before|until|once|where|wherever|whether|that|which|who|whoever|whose|as|though|although)$/;

/** A sentence's clauses, divided by semicolons, dashes and colons, and by conjunctions. */
function clausesOf(list: readonly Token[]): Token[][] {
  const clauses: Token[][] = [[]];
  list.forEach((token, n) => {
    const isComma = token.kind === 'mark' && token.text === ',';
    const joins = isComma && isWord(list[n + 1], /^(?:so|but|and|yet|whereas|while)$/);
    const follows = joins && (parseClause(list.slice(n + 2))?.subject.length ?? 0) > 0;
    const tellsMore = isComma && isWord(list[n + 1], /^which$/) && antecedentOf(clauses.at(-1)) !== undefined;
    const ends =
      follows ||
      (tellsMore && isVerb(list[n + 2])) ||
      (token.kind === 'mark' && /^[;:—–.]$/.test(token.text));
    if (ends || addsClause(token, clauses.at(-1) ?? [], list.slice(n + 1))) clauses.push([]);
    else clauses.at(-1)?.push(token);
  });
  return clauses
    .map((clause, n) =>
      n > 0 && isWord(clause[0], /^(?:so|but|and|yet|whereas)$/)
        ? clause.slice(isWord(clause[1], /^that$/) ? 2 : 1)
        : clause,
    )
    .filter((clause) => clause.length > 0);
}

/** Verbs that are hardly ever plural nouns: of "the unit and the smoke tests" the last word is none. */
const CLEARLY_VERB =
  /^(?:takes?|goes|go|comes?|requires?|includes?|contains?|allows?|lives?|depends?|runs|uses|listens?|belongs?|expires?|accepts?|emits?|sends?|defaults)$/;

/** What "and" may go on with another clause by. */
const JOINING = 'the|its|their|it';
const OPENS_CLAUSE = new RegExp(`^(?:${JOINING})$`);
/** A text that may have such a clause. */
export const JOINED = new RegExp(String.raw`\band (?:${JOINING})\b`);

/** "The port is 8443 and the owner is Ada": whether "and" goes on with a clause of its own, behind a whole one. */
function addsClause(token: Token, before: readonly Token[], after: readonly Token[]): boolean {
  if (!isWord(token, /^and$/) || !isWord(after[0], OPENS_CLAUSE)) return false;
  if (before.some((each) => isWord(each, SUBORDINATES))) return false;
  const verb = after[findVerb(after) ?? -1];
  if (!isWord(verb, AUXILIARY) && !isWord(verb, CLEARLY_VERB)) return false;
  return parseClause(before) !== undefined && (parseClause(after)?.subject.length ?? 0) > 0;
}

/** "The port of X is 8443, and its owner is Ada": the owner of X; what the clause before is not about has no owner. */
function withOwner(clause: Token[], before: readonly Token[] | undefined): Token[] {
  if (!isWord(clause[0], /^its$/) || !before) return clause;
  const subject = parseClause(before)?.subject ?? [];
  const owner = subject.slice(subject.findLastIndex((token) => isWord(token, /^of$/)) + 1);
  const end = parseClause(clause)?.subject.length ?? 0;
  const isOne = owner.length > 0 && owner.length <= 3 && owner.every(({ kind }) => kind !== 'mark');
  if (end === 0 || !isOne || isFullName(plainText(owner)) || owner.some(isPossessive)) return clause;
  const word = (text: string): Token => ({ kind: 'word', raw: text, text });
  return [word('the'), ...clause.slice(1, end), word('of'), ...lowered(owner), ...clause.slice(end)];
}

function isPossessive(token: Token): boolean {
  return /['’]s?$/.test(token.text) || isWord(token, /^(?:its|it|they|we|this|that|there)$/);
}

/** "The service" within a sentence. */
function lowered([first, ...rest]: readonly Token[]): Token[] {
  if (!first) return [];
  return isWord(first, /^(?:the|an?|our|every|each)$/)
    ? [{ ...first, raw: lowerFirst(first.raw), text: lowerFirst(first.text) }, ...rest]
    : [first, ...rest];
}

/** "…, which was deleted in May": the noun phrase that a clause ends with, if what follows is told of it. */
function antecedentOf(clause: readonly Token[] | undefined): Token[] | undefined {
  const last = clause && parseClause(clause)?.phrases.at(-1);
  const isNoun = last !== undefined && (last.role === 'object' || last.role === 'prep');
  return isNoun && readNounPhrase(last.tokens).kind !== 'nothing' ? lowered(last.tokens) : undefined;
}

function isVerb(token: Token | undefined): boolean {
  return (
    isWord(token, AUXILIARY) || verbIn(token, 'third') !== undefined || verbIn(token, 'past') !== undefined
  );
}

/** "Sail client; signs with X": a clause without a subject has that of the noun phrase before it. */
function withSubject(clause: Token[], before: Token[] | undefined): Token[] {
  const [first] = clause;
  if (isWord(first, /^which$/)) return [...(antecedentOf(before) ?? []), ...clause.slice(1)];
  const isElided = verbIn(first, 'third') !== undefined && parseClause(clause)?.subject.length === 0;
  if (!isElided || !before) return clause;
  const parsed = parseClause(before);
  if (!parsed) return [...before, ...clause];
  const isToo = parsed.subject.length === 0 && parsed.auxiliary === 'does';
  const text = `the function that ${lowerFirst(plainText(before))}`;
  return isToo ? [{ kind: 'code', raw: text, text }, ...clause] : clause;
}

function readings(list: readonly Token[], topic: string | undefined): Proposal[] {
  const told = skipReport(list);
  const idiom = idiomOf(told);
  if (idiom) return [{ ...idiom, traits: ['idiom'] }];
  const clause = parseClause(told);
  const resolved = clause && resolve(clause, topic);
  const found = resolved ? [...phraseAnswers(resolved), ...subjectAnswer(resolved)] : [];
  const sure = found.filter(({ traits }) => traits.includes('sure'));
  if (sure.length > 0) return sure;
  const isBare = clause?.phrases.length === 0 && clause.front.length === 0;
  const echoed = isBare ? [] : echoes(told).filter((echo) => !isAsked(echo, found) && !isWithin(echo, found));
  return [...found, ...echoed];
}

/** Whether a plain question of the same answer names as much. */
function isAsked(echo: Proposal, found: readonly Proposal[]): boolean {
  const names = namesOf(echo.questions[0] ?? '');
  return found.some(
    ({ questions: [question = ''], answer }) =>
      sameAnswer(answer, echo.answer) && names.every((name) => isSpan(name, question)),
  );
}

/** "It panics if what is 0?": whether an echo asks for a mere thing in a phrase that is an answer as a whole. */
function isWithin({ answer, traits }: Proposal, found: readonly Proposal[]): boolean {
  const holds = (each: Proposal): boolean =>
    !each.traits.includes('lead=that') && each.answer !== answer && isSpan(answer, each.answer);
  return traits.includes('kind=thing') && found.some(holds);
}

/** "We decided that …", "Note that …": what is reported counts. */
function skipReport(list: readonly Token[]): readonly Token[] {
  const at = list.findIndex(
    (token, n) =>
      isWord(token, /^that$/) &&
      isWord(
        list[n - 1],
        /^(?:decided|agreed|note|notice|assume|remember|sure|found|state|document|mention|clarify|explain|decide|require|expect|ensure|learned)$/,
      ),
  );
  const isOurs = at > 0 && !isName(list[at - 2]);
  return isOurs && at < list.length - 2 ? list.slice(at + 1) : list;
}
