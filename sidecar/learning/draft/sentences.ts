import type { Scored } from './candidate';
import { parseClause, type Clause } from './clause';
import { idiomOf } from './idioms';
import { phraseAnswers } from './phraseAnswers';
import type { Phrase } from './phrases';
import { subjectAnswer } from './subjectAnswer';
import { isWord, tokens, type Token } from './tokens';
import { isDistinct, isName } from './values';
import { verbOf } from './verbs';

/** Words before a colon that say what kind of remark follows, not what it is about. */
export const LABEL =
  /^(?:note|decision|status|deprecated(?: since \S+)?|warning|example|usage|default|supersedes [^:]*|context|consequences?|rationale|reason|important|caution|hint|tip|info|summary|rule|reminder|update|outcome|result|fyi)(?: \([^)]*\))?: /i;
const CHOOSING = /^(?:pick|choose|prefer|select|picked|chosen|adopt|favour|favor)$/;

const VAGUE = /^(?:it|this|that|these|those|they|he|she|there|here|which|what)$/;

/** What a sentence answers: the most telling value that one of its clauses states. */
export function candidateOf(sentence: string): Scored | undefined {
  const whole = tokens(
    sentence
      .replace(LABEL, '')
      .replace(/['’]ll\b/g, ' will')
      .replace(/['’]re\b/g, ' are'),
  );
  const topic = topicOf(whole);
  const clauses = clausesOf(whole);
  const found = clauses
    .flatMap((clause, n) => readings(withSubject(clause, clauses[n - 1]), topic, -n / 2))
    .sort((a, b) => b.score - a.score);
  return found.find(({ score }) => score > 0);
}

/** What a sentence is about: the first name in it. */
function topicOf(list: readonly Token[]): string | undefined {
  const [first] = list;
  const isPlain = (token: Token): boolean => !/\s/.test(token.text);
  const name = list.find((token, n) => isPlain(token) && (isDistinct(token) || (n > 0 && isName(token))));
  const found = name ?? (isName(first) ? first : undefined);
  return found?.text;
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

/** "Sail client; signs with X": a clause without a subject has that of the noun phrase before it. */
function withSubject(clause: Token[], before: Token[] | undefined): Token[] {
  const [first] = clause;
  const isElided =
    first?.kind === 'word' &&
    verbOf(first.text, 'third') !== undefined &&
    parseClause(clause)?.subject.length === 0;
  return isElided && before && !parseClause(before) ? [...before, ...clause] : clause;
}

function readings(list: readonly Token[], topic: string | undefined, worth: number): Scored[] {
  const idiom = idiomOf(list);
  if (idiom) return [{ ...idiom, score: 9 + worth }];
  const clause = parseClause(skipReport(list));
  if (!clause) return [];
  const resolved = resolve(clause, topic);
  if (!resolved) return [];
  const named = resolved.subject.some(isName);
  const scored = [...phraseAnswers(resolved), ...subjectAnswer(resolved)];
  return scored.map((each) => ({ ...each, score: each.score + worth + (named ? 1 : 0) }));
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
  return at > 0 && at < list.length - 2 ? list.slice(at + 1) : list;
}

/** Puts the topic in the place of a pronoun; undefined if there is none to put. */
function resolve(clause: Clause, topic: string | undefined): Clause | undefined {
  const name: Token | undefined = topic === undefined ? undefined : { kind: 'code', raw: topic, text: topic };
  const phrases = clause.phrases.map((phrase): Phrase => {
    if (phrase.lead === 'over' && CHOOSING.test(clause.verb)) return { ...phrase, role: 'contrast' };
    const isPronoun = phrase.tokens.length === 1 && isWord(phrase.tokens[0], /^(?:it|them)$/);
    return isPronoun && name ? { ...phrase, tokens: [{ ...name, isTopic: true }] } : phrase;
  });
  const isVague = clause.subject.length === 1 && isWord(clause.subject[0], VAGUE);
  if (!isVague) return { ...clause, phrases };
  return name && { ...clause, phrases, subject: [name] };
}
