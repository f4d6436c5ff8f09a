import { isAgentive, questionFor, questionForSubject } from './ask';
import { parseClause, type Clause } from './clause';
import { idiomOf } from './idioms';
import { isDistinct, isName, readNounPhrase, type Reading } from './nounPhrase';
import type { Phrase } from './phrases';
import { lowerThe, whoOrWhat } from './questions';
import { isWord, plainText, rawText, tokens, type Token } from './tokens';
import { verbOf } from './verbs';

/** Questions that a statement answers, and the answer as it stands there. */
export interface Candidate {
  questions: string[];
  answer: string;
}

/** A candidate, and how telling its answer is. */
export interface Scored extends Candidate {
  score: number;
}

/** How telling an answer of a kind is. */
const WORTH: Readonly<Record<Reading['kind'], number>> = {
  address: 6,
  code: 6,
  quote: 6,
  time: 5,
  duration: 5,
  amount: 5,
  count: 5,
  number: 5,
  version: 5,
  name: 4,
  thing: 2,
  nothing: -20,
};
/** How much less telling it is in some places than as an object or behind a preposition. */
const PLACE_WORTH: Readonly<Record<Phrase['role'], number>> = {
  object: 0,
  prep: 0,
  sub: -3,
  extra: -5,
  contrast: -20,
};

/** Words before a colon that say what kind of remark follows, not what it is about. */
export const LABEL =
  /^(?:note|decision|status|deprecated(?: since \S+)?|warning|example|usage|default|supersedes [^:]*|context|consequences?|rationale|reason|important|caution|hint|tip|info|summary|rule|reminder|update|outcome|result|fyi)(?: \([^)]*\))?: /i;
const CHOOSING = /^(?:pick|choose|prefer|select|picked|chosen|adopt|favour|favor)$/;

const VAGUE = /^(?:it|this|that|these|those|they|he|she|there|here|which|what)$/;
const SOMEONE = /\b(?:team|guild|group|squad|council|board|desk|crew)\b/i;

/** What a sentence answers: the most telling value that one of its clauses states. */
export function candidateOf(sentence: string): Scored | undefined {
  const whole = tokens(sentence.replace(LABEL, ''));
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
  const name = list.find((token, n) => isDistinct(token) || (n > 0 && isName(token)));
  const found = name ?? (isName(first) ? first : undefined);
  return found?.text;
}

/** A sentence's clauses, divided by semicolons, dashes and colons. */
function clausesOf(list: readonly Token[]): Token[][] {
  const clauses: Token[][] = [[]];
  for (const token of list) {
    if (token.kind === 'mark' && /^[;:—–.]$/.test(token.text)) clauses.push([]);
    else clauses.at(-1)!.push(token);
  }
  return clauses.filter((clause) => clause.length > 0);
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
  const named = resolved.subject.some(
    (token, n) => isDistinct(token) || (n > 0 && isName(token)) || isName(token),
  );
  const scored = [...ofPhrases(resolved), ...ofSubject(resolved)];
  return scored.map((each) => ({ ...each, score: each.score + worth + (named ? 1 : 0) }));
}

/** "We decided that …", "Note that …": what is reported counts. */
function skipReport(list: readonly Token[]): readonly Token[] {
  const at = list.findIndex(
    (token, n) =>
      isWord(token, /^that$/) &&
      isWord(
        list[n - 1],
        /^(?:decided|agreed|note|notice|means|assume|remember|sure|so|found|decide|require|expect|ensure|learned)$/,
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

function ofPhrases(clause: Clause): Scored[] {
  return clause.phrases.map((phrase, n) => {
    const reading = phrase.role === 'sub' ? clauseReading(phrase) : readNounPhrase(phrase.tokens);
    const question = questionFor(clause, phrase, reading);
    const score =
      WORTH[reading.kind] + PLACE_WORTH[phrase.role] + adjustment(clause, phrase, reading) + n / 100;
    const untold = phrase.tokens.some(isName) && !namesSomething(question) ? -3 : 0;
    return { questions: [question], answer: reading.answer, score: score + untold };
  });
}

/** What its place in the clause adds to the worth of an answer. */
function adjustment(clause: Clause, phrase: Phrase, { kind, answer }: Reading): number {
  const { lead, role, tokens: list } = phrase;
  if (list[0]?.isTopic) return -20;
  if (clause.passive && lead === 'by') return 2;
  if (role === 'sub' && lead === 'to' && clause.verb === '') return 3;
  if (lead === 'for' && WORTH[kind] < 5) return -2;
  const isTool = /^(?:with|via|through|using)$/.test(lead) && list.length === 1 && kind === 'thing';
  if (isTool) return 3.5;
  return kind === 'name' && role !== 'sub' && /^(?:the|a|an|its|our) /.test(answer) ? -1 : 0;
}

/** Whether a question has a name in it beyond its first word. */
export function namesSomething(question: string): boolean {
  return tokens(question.replace(/\?$/, ''))
    .slice(1)
    .some((token) => isName(token) && token.text !== 'I');
}

function clauseReading({ tokens: list, lead }: Phrase): Reading {
  if (!/^(?:when|until|till|once|after|before|if|because|to|while|unless)$/.test(lead))
    return { kind: 'nothing', answer: '' };
  const answer = rawText(list);
  return { kind: lead === 'to' ? 'thing' : 'name', answer: lead === 'to' ? `to ${answer}` : answer };
}

/** Subjects that are the answer themselves: "Team Falcon owns X", "0.85 is the lowest score of X". */
function ofSubject(clause: Clause): Scored[] {
  const { subject, verb, phrases } = clause;
  const list = isWord(subject[0], /^only$/) ? subject.slice(1) : subject;
  if (list.length === 0 || !phrases.some((phrase) => phrase.tokens.some(isName))) return [];
  const reading = readNounPhrase(list);
  const [first] = phrases;
  const copula = verb === '' && first?.lead === '' && isWord(first.tokens[0], /^(?:the|our|my)$|['’]s$/);
  const answer = list.length < subject.length || SOMEONE.test(rawText(list)) ? rawText(list) : reading.answer;
  if (copula && reading.kind !== 'thing' && !/\bversion\b/.test(plainText(first.tokens))) {
    const role = plainText(first.tokens).replace(/\s(?:of|for|in|at)\s.*$/, '');
    return [{ questions: [questionForSubject(clause, whoOrWhat(role))], answer, score: 7.5 }];
  }
  const isPerson =
    list.length > 1 &&
    list.every(({ text }) => /^\p{Lu}\p{Ll}[^\d'’]*$/u.test(text)) &&
    verbOf(verb) !== undefined &&
    isAgentive(verb);
  const isTeam = SOMEONE.test(answer) && (answer.split(' ').length > 2 || /^\p{Lu}/u.test(answer));
  if ((isPerson || isTeam) && !clause.passive && !/^(?:The|A|An|Our) \w+$/.test(answer))
    return [{ questions: [questionForSubject(clause, 'Who')], answer, score: 5.5 }];
  const version = subject.at(-1);
  if (
    copula &&
    version &&
    /^v?\d+(?:\.\d+)+$/.test(version.text) &&
    /version|release/.test(plainText(first.tokens))
  )
    return [
      {
        questions: [questionForSubject(clause, `Which version of ${plainText(list.slice(0, -1))}`)],
        answer: version.text,
        score: 8,
      },
    ];
  const isLiteral = /^[^=\s]+=\S+$|^\d|^0x/.test(reading.answer) && reading.kind !== 'count';
  if (!isLiteral) return [];
  const word = reading.noun === undefined ? 'What' : `Which ${lowerThe(reading.noun)}`;
  return [{ questions: [questionForSubject(clause, word)], answer: reading.answer, score: 6.5 }];
}
