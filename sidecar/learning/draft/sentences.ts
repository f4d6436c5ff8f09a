import { isSpan, sameAnswer } from '../answers';
import { withTraits, type Proposal } from './candidate';
import { echoes } from './echo';
import { parseClause, type Clause } from './clause';
import { findVerb, isPlural } from './finiteVerb';
import { idiomOf } from './idioms';
import { phraseAnswers } from './phraseAnswers';
import { isLead, type Phrase } from './phrases';
import { namesOf } from './rank';
import { subjectAnswer } from './subjectAnswer';
import { lowerFirst, lowerThe } from './questions';
import { isWord, plainText, textOf, tokens, type Token } from './tokens';
import { isDistinct, isName } from './values';
import { tagWords } from './tagging';
import { ADVERB } from './verbGroup';
import { verbIn, verbOf } from './verbs';
import { isWellFormed } from './wellFormed';

/** Words before a colon that say what kind of remark follows, not what it is about. */
export const LABEL =
  /^(?:note|decision|status|deprecated(?: since \S+)?|warning|example|usage|default|supersedes [^:]*|context|consequences?|rationale|reason|important|caution|hint|tip|info|summary|rule|reminder|update|outcome|result|fyi|safety|added|changed|fixed|removed)(?: \([^)]*\))?: /i;
const CHOOSING = /^(?:pick|choose|prefer|select|picked|chosen|adopt|favour|favor)$/;

/** Most words of a sentence that says what a function does. */
const MOST_DESCRIBING = 10;
const PRONOUN_OBJECT = /^(?:us|me|you|them|him|her)$/;
const VAGUE = /^(?:it|this|that|these|those|they|he|she|there|here|which|what)$/;

/** What the clauses of a sentence answer. `before` is what the sentence before it is about. */
export function sentenceProposals(sentence: string, before?: string): Proposal[] {
  const whole = withImplied(
    before,
    tagWords(
      tokens(
        sentence
          .replace(LABEL, '')
          .replace(/['’]ll\b/g, ' will')
          .replace(/['’]re\b/g, ' are'),
      ),
    ),
  );
  const own = topicOf(whole);
  const clauses = clausesOf(whole);
  const topicAt = (n: number): string | undefined => (n === 0 ? (before ?? own) : (own ?? before));
  return clauses
    .flatMap((clause, n) =>
      readings(withSubject(clause, clauses[n - 1]), topicAt(n)).map((each) =>
        withTraits(each, `clause=${Math.min(n, 2)}`),
      ),
    )
    .concat(why(whole, own ?? before))
    .filter(({ questions: [question = ''], answer }) => isWellFormed(question, answer));
}

/** What a text is about: the first name in it, else the subject of its first clause. */
export function topicOf(list: readonly Token[]): string | undefined {
  const [first] = list;
  const isPlain = (token: Token): boolean =>
    !/\s/.test(token.text) && token.form === undefined && !isWord(token, ADVERB);
  const subject = parseClause(list)?.subject ?? [];
  const [only] = subject;
  if (only && subject.length === 1 && isName(only) && !isPlural(subject)) return only.text;
  const name = list.find((token, n) => isPlain(token) && (isDistinct(token) || (n > 0 && isName(token))));
  const found = name ?? (first && isPlain(first) && isName(first) ? first : undefined);
  if (found) return found.text;
  const isNoun = subject.length > 1 && subject.length < 6 && !isWord(subject[0], VAGUE);
  return isNoun ? lowerThe(plainText(subject)) : undefined;
}

/** "Safari fires blur first, so we listen for mousedown", "…, since it is broken": why is it so? */
function why(list: readonly Token[], topic: string | undefined): Proposal[] {
  const at = list.findIndex(
    (token, n) => n > 1 && isWord(token, /^(?:so|since|because|as)$/) && textOf(list[n - 1]) === ',',
  );
  if (at < 0 || isWord(list[at + 1], /^that$/)) return [];
  const stops = (n: number): boolean => list[n]?.kind === 'mark' && /^[;:—–.]$/.test(textOf(list[n]));
  const end = list.findIndex((_, n) => n > at && stops(n));
  const start = list.findLastIndex((_, n) => n < at && stops(n));
  const before = list.slice(start + 1, at - 1);
  const after = list.slice(at + 1, end < 0 ? undefined : end);
  const [cause, effect] = isWord(list[at], /^so$/) ? [before, after] : [after, before];
  const clause = parseClause(effect);
  const resolved = clause && findVerb(cause) !== undefined ? resolve(clause, topic) : undefined;
  if (!resolved) return [];
  const phrase: Phrase = { role: 'sub', lead: 'because', tokens: cause };
  return phraseAnswers({ ...resolved, phrases: [...resolved.phrases, phrase] })
    .filter(({ traits }) => traits.includes('lead=because'))
    .map((each) => ({ ...each, traits: ['why'] }));
}

/** A sentence's clauses, divided by semicolons, dashes and colons, and by conjunctions behind a comma. */
function clausesOf(list: readonly Token[]): Token[][] {
  const clauses: Token[][] = [[]];
  list.forEach((token, n) => {
    const isComma = token.kind === 'mark' && token.text === ',';
    const joins = isComma && isWord(list[n + 1], /^(?:so|but|and|yet|whereas|while)$/);
    const follows = joins && (parseClause(list.slice(n + 2))?.subject.length ?? 0) > 0;
    if (follows || (token.kind === 'mark' && /^[;:—–.]$/.test(token.text))) clauses.push([]);
    else clauses.at(-1)?.push(token);
  });
  return clauses
    .map((clause, n) =>
      n > 0 && isWord(clause[0], /^(?:so|but|and|yet|whereas)$/) ? clause.slice(1) : clause,
    )
    .filter((clause) => clause.length > 0);
}

/** "Must be called first", "Licensed under X": a sentence that leaves out what it is about, with that in its place. */
function withImplied(topic: string | undefined, list: Token[]): Token[] {
  const [first, second] = list;
  if (first?.kind !== 'word' || !second) return list;
  const it: Token = { kind: 'code', raw: topic ?? 'it', text: topic ?? 'it' };
  const begun: Token = { ...first, text: lowerFirst(first.text) };
  if (/^(?:Must|Should|Will|Can|May)$/.test(first.text) && isWord(second, /^(?:be|not|only|never|have)$/))
    return [it, begun, ...list.slice(1)];
  const isElided = verbIn(first, 'third') !== undefined && parseClause(list)?.subject.length === 0;
  if (isElided && topic !== undefined) return [it, begun, ...list.slice(1)];
  const isVerb =
    verbIn(first, 'participle') !== undefined || (first.form === 'past' && first.text.endsWith('ed'));
  const isParticiple = isVerb && verbIn(first, 'base') === undefined;
  const opens = isLead(second) || isWord(second, /^(?:once|only|every|daily|nightly|weekly)$/);
  const stop = list.findIndex(({ kind }) => kind === 'mark');
  if (!isParticiple || !opens || findVerb(list.slice(0, stop < 0 ? undefined : stop)) !== undefined)
    return list;
  const is: Token = { kind: 'word', raw: 'is', text: 'is' };
  const clause = list.slice(1, stop < 0 ? undefined : stop);
  const rest = stop < 0 ? [] : list.slice(stop + 1);
  return [
    it,
    is,
    begun,
    ...clause,
    ...(stop < 0 ? [] : [{ kind: 'mark' as const, raw: ';', text: ';' }]),
    ...rest,
  ];
}

/** "the function that parses dates" of "Parses dates." or "Parse dates.", the first sentence of a documentation comment. */
export function described(sentence: string): string | undefined {
  const list = tagWords(tokens(sentence.replace(/[.]$/, '')));
  const [first, ...rest] = list;
  if (first?.kind !== 'word' || rest.length === 0 || list.length > MOST_DESCRIBING) return undefined;
  const isTold = verbIn(first, 'third') !== undefined;
  const verb = isTold ? first.text.toLowerCase() : verbOf(first.text, 'base')?.third;
  return verb === undefined || parseClause(list)?.subject.length !== 0
    ? undefined
    : `the function that ${verb} ${plainText(rest)}`;
}

/** "Sail client; signs with X": a clause without a subject has that of the noun phrase before it. */
function withSubject(clause: Token[], before: Token[] | undefined): Token[] {
  const [first] = clause;
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
  const echoed = isBare ? [] : echoes(told).filter((echo) => !isAsked(echo, found));
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

/** "We decided that …", "Note that …": what is reported counts. */
function skipReport(list: readonly Token[]): readonly Token[] {
  const at = list.findIndex(
    (token, n) =>
      isWord(token, /^that$/) &&
      isWord(
        list[n - 1],
        /^(?:decided|agreed|note|notice|assume|remember|sure|so|found|decide|require|expect|ensure|learned)$/,
      ),
  );
  const isOurs = at > 0 && !isName(list[at - 2]);
  return isOurs && at < list.length - 2 ? list.slice(at + 1) : list;
}

/** Puts the topic in the place of a pronoun; undefined if there is none to put. */
function resolve(clause: Clause, topic: string | undefined): Clause | undefined {
  const name: Token | undefined = topic === undefined ? undefined : { kind: 'code', raw: topic, text: topic };
  const [object] = clause.phrases;
  const indirect =
    object?.role === 'object' && object.tokens.length > 1 && isWord(object.tokens[0], PRONOUN_OBJECT);
  if (indirect)
    return resolve(
      {
        ...clause,
        verb: `${clause.verb} ${object.tokens[0]?.text ?? ''}`,
        phrases: [{ ...object, tokens: object.tokens.slice(1) }, ...clause.phrases.slice(1)],
      },
      topic,
    );
  const phrases = clause.phrases.map((phrase): Phrase => {
    if (phrase.lead === 'over' && CHOOSING.test(clause.verb)) return { ...phrase, role: 'contrast' };
    const isPronoun = phrase.tokens.length === 1 && isWord(phrase.tokens[0], /^(?:it|them)$/);
    return isPronoun && name ? { ...phrase, tokens: [{ ...name, isTopic: true }] } : phrase;
  });
  const isVague = clause.subject.length === 1 && isWord(clause.subject[0], VAGUE);
  if (!isVague) return { ...clause, phrases };
  return name && { ...clause, phrases, subject: [name] };
}
