import { isLead, isRange } from './phrases';
import { isWord, plainText, rawText, textOf, type Token } from './tokens';
import { isDistinct, isMeasure, isName, isNumber, isVersion, kindOf, type ValueKind } from './values';

/** A noun phrase as an answer. */
export interface Reading {
  kind: ValueKind;
  answer: string;
  /** What the answer is one of, or counts: "port" of "port 80", "open sockets" of "20 open sockets". */
  noun?: string;
  /** Whether the answer has the noun in it: "files larger than 5 MB". */
  whole?: boolean;
}

const QUALIFIER =
  /^(?:max|min|approx|max\.|min\.|approx\.|ca\.|≤|≥|<=?|>=?|==?|about|around|roughly|only|exactly|approximately|just|currently|over|nearly|almost|under|still|always|up to|at most|at least|no more than|more than|less than|fewer than)$/;
const COMPARISON = /^(?:≤|≥|<=?|>=?|==?)$/;
const DETERMINER = /^(?:the|a|an|its|our|their|his|her|this|that|these|those|any|some|your|my)$/;
const EMPTY =
  /^(?:(?:the )?default|(?:a|the same|any) time|at most|at least|most|least|board|purpose|example|general|startup|start|time|import time|use|now|production|it|them|us|you|me|itself|errors?|place|order|advance|turn|this|that|these|there|here|all|both|everything|nothing|good|once|too|yet|ourselves|exchange.*|(?:the )?(?:move|future|past|moment|background|meantime|outage|change|release))$/i;
/** Words that no noun has before or behind the value that it names. */
const NO_NOUN =
  /^(?:and|or|but|that|which|who|whose|whoever|whatever|anything|something|nothing|everything|how|why|where|what|when|as|than|not|never|so|instead|yet|too|else|other|same|different|it|its|them|us|me|you|him|her|is|are|was|were|has|have|build|sort|kind|of its)$/;
const PLAIN_WORD =
  /^(?:also|then|now|out|here|there|up|back|down|off|too|again|first|next|last|nearest|closest|latest|today|us|me|them|it|and|or)$/;
const NOT_KIND = /^(?:to|no|many|most|some|few|more|it|them|us|me|his|her|such|other)$/;
const TAIL =
  /^(?:and|or|but|at most|at least|only|please|here|anymore|now|yet|too|instead|alone|else|already|again|though|anyway|altogether)$/;
const LINKS = /^(?:de|der|den|van|von|of|and|the|da|di|du|la|le|ní|&)$/;

/** What a noun phrase answers, and to which noun. */
export function readNounPhrase(list: readonly Token[]): Reading {
  const phrase = withoutTail(list.filter(({ kind }) => kind !== 'aside' && kind !== 'mark'));
  while (phrase.length > 1 && isWord(phrase[0], QUALIFIER)) phrase.shift();
  const answer = rawText(phrase);
  if (phrase.length === 0 || EMPTY.test(answer)) return { kind: 'nothing', answer };
  const [date] = phrase;
  if (date && /\s/.test(date.text) && kindOf(date.text) === 'time' && isWord(phrase[1], /^(?:and|or|but)$/))
    return { kind: 'time', answer: date.text };
  if (kindOf(answer) === 'time') return { kind: 'time', answer };
  if (phrase[0]?.form === 'gerund' && phrase.length > 1) return { kind: 'name', answer };
  return listed(phrase) ?? distinctPart(phrase) ?? counted(phrase) ?? numbered(phrase) ?? named(phrase);
}

/** A phrase without a conjunction at its end, and up to "X and" where X is code and what follows is not. */
function withoutTail(list: readonly Token[]): Token[] {
  const and = list.findIndex((token, n) => n > 0 && isWord(token, /^(?:and|or|but)$/));
  const cuts = and > 0 && list.slice(0, and).some(isDistinct) && !list.slice(and).some(isName);
  const phrase = list.slice(0, cuts ? and : undefined);
  while (phrase.length > 1 && isWord(phrase.at(-1), TAIL)) phrase.pop();
  return phrase;
}

/** "ports 80, 443 and 8080": all items of a list, and the noun that they share. */
function listed(phrase: readonly Token[]): Reading | undefined {
  const joint = phrase.findIndex(({ kind }) => kind === 'joint');
  if (joint < 0) return undefined;
  const isValue = (token: Token): boolean => isDistinct(token) || isNumber(token.text);
  const others = phrase.slice(joint).filter(({ kind }) => kind !== 'joint');
  const shared = others.every(isValue) ? nounOf(phrase.slice(0, joint - 1)) : undefined;
  const isVersioned = joint === 2 && isName(phrase[0]) && isVersion(textOf(phrase[1]));
  const noun = isVersioned && shared !== undefined ? `versions of ${shared}` : shared;
  const answer = rawText(noun === undefined ? phrase : phrase.slice(joint - 1));
  const kinds = new Set([phrase[joint - 1], ...others].map((token) => kindOf(textOf(token))));
  const [kind = 'code'] = kinds;
  if (kinds.size === 1 && kind !== 'code') return { kind, answer, noun };
  return { kind: phrase.some(isName) ? 'name' : 'thing', answer, noun };
}

/** "the environment variable `X`" answers X to "which environment variable". */
function distinctPart(phrase: readonly Token[]): Reading | undefined {
  const found = phrase.filter(isDistinct);
  const [token] = found;
  if (token === undefined || found.length > 1) return undefined;
  const at = phrase.indexOf(token);
  if (phrase.slice(0, at).some((each) => isLead(each))) return undefined;
  if (isMeasure(`${textOf(phrase[at - 1])} ${token.text}`)) return undefined;
  if (phrase.slice(at + 1).some(({ text }) => text === 'of' || isNumber(text))) return undefined;
  const noun = nounOf([...phrase.slice(0, at), ...phrase.slice(at + 1)]);
  if (noun !== undefined && (/^(?:\p{Lu}|\S+['’]s\b)/u.test(noun) || / (?:of|to|for|in|and|or)$/.test(noun)))
    return undefined;
  const kind = token.kind === 'quote' ? 'quote' : kindOf(token.text);
  return { kind, answer: token.text, noun };
}

/** "20 open sockets", "6 GB of memory", "10,000 jobs": a number and what it counts or measures. */
function counted(phrase: readonly Token[]): Reading | undefined {
  const [first, second] = phrase;
  if (!first) return undefined;
  const size = second && isMeasure(`${first.text} ${second.text}`) ? 2 : isMeasure(first.text) ? 1 : 0;
  const isOrdinal = size === 2 && isWord(second, /^second$/) && phrase[2] !== undefined && !isLead(phrase[2]);
  if (size > 0 && !isOrdinal) return measured(phrase, size);
  if (/\d\.\d/.test(first.text) && isVersion(first.text) && isWord(second, /^of$/))
    return { kind: 'version', answer: first.text, noun: `version of ${plainText(phrase.slice(2))}` };
  if (!isNumber(first.text)) return undefined;
  if (!second) return { kind: 'number', answer: first.text };
  if (isRange(phrase, 1)) {
    const [range, rest] = [rawText(phrase.slice(0, 3)), plainText(phrase.slice(3))];
    return rest === '' ? { kind: 'number', answer: range } : { kind: 'count', answer: range, noun: rest };
  }
  if (isWord(second, /^of$/) || second.form === 'gerund') return undefined;
  const isOneThing =
    isWord(first, /^one$/) && !phrase.some(({ text }, n) => n > 0 && /(?:s|people)$/.test(text));
  if (isOneThing) return named(phrase);
  if (isWord(second, /^(?:or|and)$/)) return { kind: 'number', answer: first.text };
  const and = phrase.findIndex((token, n) => isWord(token, /^and$/) && isNumber(phrase[n + 1]?.text ?? ''));
  return { kind: 'count', answer: first.text, noun: plainText(phrase.slice(1, and < 0 ? undefined : and)) };
}

function measured(phrase: readonly Token[], size: number): Reading {
  const answer = rawText(phrase.slice(0, size));
  if (kindOf(answer) === 'duration') return { kind: 'duration', answer };
  const rest = phrase.slice(isWord(phrase[size], /^of$/) ? size + 1 : size);
  if (isWord(rest[0], /^(?:a|per)$/)) return { kind: 'amount', answer: rawText(phrase) };
  return { kind: 'amount', answer, noun: rest.length > 0 ? plainText(rest) : undefined };
}

/** "3.9 or newer" */
const OPEN_END = /^(?:newer|later|higher|above|greater|up|older|earlier|lower|below)$/;

/** "port 80", "uid 33", "Python 3.9", "an error of 5 %": a noun and its number. */
function numbered(phrase: readonly Token[]): Reading | undefined {
  const at = phrase.findIndex(
    ({ text }, n) => n > 0 && text !== 'one' && (isNumber(text) || isVersion(text) || isMeasure(text)),
  );
  const before = phrase.slice(0, at);
  while (before.length > 1 && isWord(before.at(-1), COMPARISON)) before.pop();
  const last = before.at(-1);
  if (at < 1 || last === undefined || isWord(last, DETERMINER)) return undefined;
  const value = phrase.slice(at);
  const of = before.findIndex((token) => isWord(token, /^of$/));
  if (of > 0 && (/^\p{L}/u.test(value[0]?.text ?? '') || isNumber(textOf(before[0])))) return undefined;
  if (of > 0) {
    const noun = nounOf(before.slice(0, of));
    const { answer } = readNounPhrase(value);
    return { kind: isMeasure(answer) ? 'amount' : 'number', answer, noun };
  }
  if (isWord(last, /^than$|^up to$/)) {
    const noun = nounOf(before.slice(0, isWord(last, /^than$/) ? -2 : -1));
    return { kind: 'amount', answer: rawText(phrase), noun, whole: true };
  }
  if (isWord(value[1], /^or$/) && isWord(value[2], OPEN_END)) {
    const noun = isName(last) ? `version of ${last.text}` : nounOf(before);
    return { kind: 'version', answer: rawText(value.slice(0, 3)), noun };
  }
  const isAlone = value.length === 1 || isWord(value[1], /^(?:or|and|with)$/);
  if (before.length === 1 && isAlone && /^\p{Lu}{2,}$/u.test(last.text) && !/\.\d/.test(value[0]?.text ?? ''))
    return { kind: 'code', answer: rawText(phrase.slice(0, at + 1)) };
  if (before.length === 1 && isName(last) && isAlone) {
    const isCompared = at > before.length;
    const answer = rawText(phrase.slice(isCompared ? at : 0, at + 1));
    return { kind: 'version', answer, noun: `version of ${last.text}` };
  }
  if (isWord(value[1], /^of$/) && value.length > 2 && nounOf(before) !== undefined)
    return {
      kind: 'number',
      answer: rawText(value.slice(0, 1)),
      noun: `${nounOf(before)} ${plainText(value.slice(1))}`,
    };
  if (value.length > 1 || isName(last)) return undefined;
  return { kind: 'number', answer: rawText(value), noun: nounOf(before) };
}

function named(phrase: readonly Token[]): Reading {
  const start = isWord(phrase[0], DETERMINER) ? 1 : 0;
  const core = phrase.slice(start);
  const answer = rawText(phrase);
  const names = core.every((token) => isName(token) || isWord(token, LINKS));
  const isTeam =
    core.some(isName) && isWord(core.at(-1), /^(?:team|guild|group|squad|council|board|office)$/);
  if (core.length > 0 && (names || isTeam)) return { kind: 'name', answer };
  const kindOfThing = start === 0 && core.length === 2 && core.every(({ kind }) => kind === 'word');
  const isKind =
    kindOfThing &&
    core[0]?.form !== 'gerund' &&
    !isNumber(core[0]?.text ?? '') &&
    core[1]?.form !== 'adjective' &&
    !isWord(core[0], NOT_KIND) &&
    isWord(core[1], /(?:s|ing|tion|ment|ity|ism)$/);
  const head = isKind ? core[1] : undefined;
  return { kind: core.some(isName) ? 'name' : 'thing', answer, noun: head && `kind of ${head.text}` };
}

/** The noun of a phrase without its determiner, if it has one. */
function nounOf(phrase: readonly Token[]): string | undefined {
  const words = phrase.filter((token, n) => !(n === 0 && isWord(token, DETERMINER)));
  while (isWord(words[0], /^(?:old|new|current|own)$/)) words.shift();
  while (isWord(words.at(-1), QUALIFIER)) words.pop();
  const isNoun =
    words.length > 0 &&
    !words.every((token) => isWord(token, PLAIN_WORD)) &&
    !words.some((token) => token.kind === 'mark' || isWord(token, NO_NOUN));
  return isNoun ? plainText(words) : undefined;
}
