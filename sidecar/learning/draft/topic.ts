import { parseClause, type Clause } from './clause';
import { findVerb, isPlural } from './finiteVerb';
import { CHOOSING, isLead, type Phrase } from './phrases';
import { lowerFirst, lowerThe } from './questions';
import { tagWords } from './tagging';
import { isWord, plainText, tokens, type Token } from './tokens';
import { isDistinct, isName } from './values';
import { ADVERB } from './verbGroup';
import { verbIn, verbOf } from './verbs';

/** Most words of a sentence that says what a function does. */
const MOST_DESCRIBING = 10;
const PRONOUN_OBJECT = /^(?:us|me|you|them|him|her)$/;
const VAGUE = /^(?:it|this|that|these|those|they|he|she|there|here|which|what)$/;

/** "True while …", "Safe as long as …" */
const CONDITION = /^(?:when|while|if|unless|until|as long as|once)$/;

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

/**
 * "the function that parses dates" of "Parses dates.", the first sentence of a text.
 * @param isComment whether it is a documentation comment, which may say "Parse dates." as well
 */
export function described(sentence: string, isComment: boolean): string | undefined {
  const list = tagWords(tokens(sentence.replace(/[.]$/, '')));
  const [first, ...rest] = list;
  if (first?.kind !== 'word' || rest.length === 0 || list.length > MOST_DESCRIBING) return undefined;
  const told = verbIn(first, 'third') ? first.text.toLowerCase() : undefined;
  const verb = told ?? (isComment ? verbOf(first.text, 'base')?.third : undefined);
  return verb === undefined || parseClause(list)?.subject.length !== 0
    ? undefined
    : `the function that ${verb} ${plainText(rest)}`;
}

/** "Moved the build from X to Y", as a change is told of: "the build was moved from X to Y". */
function madePassive(list: Token[]): Token[] | undefined {
  const [verb, object] = list;
  const end = list.findIndex((token, n) => n > 1 && (token.kind === 'mark' || isLead(token)));
  const isDone =
    verb !== undefined &&
    /^\p{Lu}\p{Ll}+ed$/u.test(verb.text) &&
    (verbOf(verb.text, 'past') !== undefined || verb.form === 'past') &&
    verbOf(verb.text, 'base') === undefined;
  const isWhole = isDistinct(object) || isWord(object, /^(?:the|an?|all|our|its|support)$/);
  if (!isDone || !isWhole || end < 0 || isWord(list[end], /^(?:that|which|who)$/)) return undefined;
  const was: Token = { kind: 'word', raw: 'was', text: 'was' };
  const done = { ...verb, raw: lowerFirst(verb.raw), text: lowerFirst(verb.text) };
  return [...list.slice(1, end), was, done, ...list.slice(end)];
}

/** "Must be called first", "Licensed under X": a sentence that leaves out what it is about, with that in its place. */
export function withImplied(topic: string | undefined, list: Token[]): Token[] {
  const [first, second] = list;
  if (first?.kind !== 'word' || !second) return list;
  const it: Token = { kind: 'code', raw: topic ?? 'it', text: topic ?? 'it' };
  const begun: Token = { ...first, text: lowerFirst(first.text) };
  const isModal = /^(?:Must|Should|Will|Can|May|Would|Could|Might)$/.test(first.text);
  if (isModal && (second.form === 'base' || isWord(second, /^(?:be|not|only|never|have)$/)))
    return [it, begun, ...list.slice(1)];
  const isElided = verbIn(first, 'third') !== undefined && parseClause(list)?.subject.length === 0;
  if (isElided && topic !== undefined) return [it, begun, ...list.slice(1)];
  const passive = madePassive(list);
  if (passive) return passive;
  const is: Token = { kind: 'word', raw: 'is', text: 'is' };
  if (first.form === 'adjective' && isWord(second, CONDITION))
    return [it, is, { ...begun, raw: begun.text }, ...list.slice(1)];
  const isVerb =
    verbIn(first, 'participle') !== undefined || (first.form === 'past' && first.text.endsWith('ed'));
  const isParticiple = isVerb && verbIn(first, 'base') === undefined;
  const opens = isLead(second) || isWord(second, /^(?:once|only|every|daily|nightly|weekly)$/);
  const stop = list.findIndex(({ kind }) => kind === 'mark');
  if (!isParticiple || !opens || findVerb(list.slice(0, stop < 0 ? undefined : stop)) !== undefined)
    return list;
  const semicolon: Token = { kind: 'mark', raw: ';', text: ';' };
  return [it, is, begun, ...list.slice(1).map((token, n) => (n + 1 === stop ? semicolon : token))];
}

/** Puts the topic in the place of a pronoun; undefined if there is none to put. */
export function resolve(clause: Clause, topic: string | undefined): Clause | undefined {
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
