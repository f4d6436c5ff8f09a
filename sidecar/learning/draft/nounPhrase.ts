import { isWord, plainText, rawText, type Token } from './tokens';

/** What sort of thing a noun phrase names: it decides whether, and how, one asks for it. */
export type ValueKind =
  | 'address'
  | 'code'
  | 'quote'
  | 'time'
  | 'duration'
  | 'amount'
  | 'count'
  | 'number'
  | 'version'
  | 'name'
  | 'thing'
  | 'nothing';

/** A noun phrase as an answer. */
export interface Reading {
  kind: ValueKind;
  answer: string;
  /** What the answer is one of, or counts: "port" of "port 80", "open sockets" of "20 open sockets". */
  noun?: string;
  /** Whether the answer has the noun in it: "files larger than 5 MB". */
  whole?: boolean;
}

const NUMERAL =
  '(?:[~≈±<>]?[€$£]?-?\\d[\\d.,_]*(?:[kKMGx]|st|nd|rd|th)?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|twenty|thirty|forty|fifty|sixty|hundred|thousand)';
const NUMBER = new RegExp(`^${NUMERAL}$`, 'i');
const TIME_UNIT =
  '(?:ns|µs|us|ms|s|sec|secs|min|mins|h|hrs?|d|(?:milli|micro|nano)?seconds?|minutes?|hours?|days?|weeks?|months?|years?|quarters?|sprints?)';
const UNIT =
  '(?:[kKMGTP]i?[Bb]|[kMG]bit/s|bytes?|bits?|%|percent|[kKMG]?Hz|fps|rps|qps|px|pt|em|rem|dpi|baud|°C|m|cm|mm|km|k?g|[kM]?W|m?V|m?A|euros?|dollars?|cents?|€|\\$|USD|EUR|CHF|points?|req/s|[\\w.]+/\\w+)';
const DAY =
  '(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|november|december|midnight|noon|today|tomorrow|weekends?|weekdays?)';
const WHEN = new RegExp(
  `^(?:\\d{1,2}:\\d\\d\\b.*|\\d{4}-\\d\\d-\\d\\d.*|(?:.* )?${DAY}(?: .*)?|(?:19|20)\\d\\d|Q[1-4](?: \\d{4})?|(?:the )?\\d{1,2}(?:st|nd|rd|th)\\b.*|every .*|each .*|(?:the end|the start|the beginning) of .*)$`,
  'i',
);
const DURATION = new RegExp(
  `^${NUMERAL}(?:-|\\s?)${TIME_UNIT}$|^(?:a|an|half an) (?:second|minute|hour|day|week|month|year)$`,
  'i',
);
const AMOUNT = new RegExp(`^(?:${NUMERAL}\\s?${UNIT}|[€$£]\\d.*)$`);
const ADDRESS =
  /^(?:<?[a-z][\w+.-]*:\/\/\S+|[\w.+-]+@[\w-]+\.[\w.-]+|[~.]{0,2}[/\\]\S+|[A-Z]:\\\S+|[\w.@{}*-]+[/\\][\w.@{}*/\\-]+|[\w-]+(?:\.[\w-]+)*\.(?:json|ya?ml|toml|md|txt|ts|js|mjs|py|go|rs|sh|sql|ini|cfg|conf|env|lock|xml|html|csv|log|pem|key|db)|#[a-z][\w-]*|(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?)$/;
const VERSION = /^v?\d+(?:\.[\dx]+)*(?:-?(?:alpha|beta|rc)[\d.]*)?$/;
const IDENTIFIER =
  /[_\\=$]|::|\(\)|\p{L}\.\p{L}|[\p{Ll}]\p{Lu}|\p{L}-?\p{L}*-\d|\d-\p{L}|^0x[\dA-F]+$|^@\w|^#[\dA-F]{3,8}$|^[\p{L}]+\d+[\p{L}\d]*$/u;
const QUALIFIER =
  /^(?:about|around|roughly|only|exactly|approximately|just|currently|over|nearly|almost|under|still|always|up to|at most|at least|no more than|more than|less than|fewer than)$/;
const DETERMINER = /^(?:the|a|an|its|our|their|his|her|this|that|these|those|any|some|your|my)$/;
const EMPTY =
  /^(?:(?:the )?default|example|general|startup|start|time|import time|use|now|production|it|them|us|you|me|itself|errors?|place|order|advance|turn|this|that|these|there|here|all|both|everything|nothing|good|once|too|yet|ourselves|exchange.*|(?:the )?(?:move|future|past|moment|background|meantime|outage|change|release))$/i;
const LINKS = /^(?:de|der|den|van|von|of|and|the|da|di|du|la|le|ní|&)$/;

/** What a noun phrase answers, and to which noun. */
export function readNounPhrase(list: readonly Token[]): Reading {
  const phrase = list.filter(({ kind }) => kind !== 'aside' && kind !== 'mark');
  while (phrase.length > 1 && isWord(phrase[0], QUALIFIER)) phrase.shift();
  while (phrase.length > 1 && isWord(phrase.at(-1), /^(?:at most|at least|only|please|now|yet|too)$/))
    phrase.pop();
  const answer = rawText(phrase);
  if (phrase.length === 0 || EMPTY.test(answer)) return { kind: 'nothing', answer };
  if (WHEN.test(answer) && !(/^e/i.test(answer) && phrase.some(isName))) return { kind: 'time', answer };
  return distinctPart(phrase) ?? counted(phrase) ?? numbered(phrase) ?? named(phrase);
}

/** Whether a text is an identifier, an address or the like, which no prose holds. */
export function isDistinct(token: Token | undefined): boolean {
  if (token === undefined) return false;
  const { kind, text } = token;
  return (
    kind === 'code' || kind === 'quote' || (kind === 'word' && (ADDRESS.test(text) || IDENTIFIER.test(text)))
  );
}

/** Whether a text is a place: a URL, an address, a path, a channel. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** Whether a token is a name: it has a capital, though not a capital that starts a sentence. */
export function isName(token: Token | undefined): boolean {
  return isDistinct(token) || (token?.kind === 'word' && /^\p{L}*\p{Lu}|^[\p{Lo}]/u.test(token.text));
}

/** Whether a text is a number, in digits or words. */
export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** What sort of value a text without a noun is. */
export function kindOf(text: string): ValueKind {
  if (ADDRESS.test(text)) return 'address';
  if (WHEN.test(text)) return 'time';
  if (DURATION.test(text)) return 'duration';
  if (AMOUNT.test(text)) return 'amount';
  if (NUMBER.test(text)) return 'number';
  return VERSION.test(text) ? 'version' : 'code';
}

/** "the environment variable `X`" answers X to "which environment variable". */
function distinctPart(phrase: readonly Token[]): Reading | undefined {
  const found = phrase.filter(isDistinct);
  const [token] = found;
  if (token === undefined || found.length > 1) return undefined;
  const at = phrase.indexOf(token);
  if (phrase.slice(at + 1).some(({ text }) => text === 'of' || isNumber(text))) return undefined;
  const noun = nounOf([...phrase.slice(0, at), ...phrase.slice(at + 1)]);
  if (noun !== undefined && (/^(?:\p{Lu}|\S+['’]s\b)/u.test(noun) || / (?:of|to|for|in|and|or)$/.test(noun)))
    return undefined;
  if (noun === 'and' || noun === 'or') return undefined;
  const kind = token.kind === 'quote' ? 'quote' : kindOf(token.text);
  return { kind, answer: token.text, noun };
}

/** "20 open sockets", "6 GB of memory", "10,000 jobs": a number and what it counts or measures. */
function counted(phrase: readonly Token[]): Reading | undefined {
  const [first, second, third] = phrase;
  if (!first || !isNumber(first.text)) return undefined;
  const measured = second ? `${first.text} ${second.text}` : first.text;
  const size = AMOUNT.test(first.text) || DURATION.test(first.text) ? 1 : 2;
  const text = size === 1 ? first.text : measured;
  if (DURATION.test(text)) return { kind: 'duration', answer: text };
  if (AMOUNT.test(text)) {
    const rest = phrase.slice(isWord(third, /^of$/) ? size + 1 : size);
    if (isWord(rest[0], /^(?:a|per)$/)) return { kind: 'amount', answer: rawText(phrase) };
    return { kind: 'amount', answer: text, noun: rest.length > 0 ? plainText(rest) : undefined };
  }
  if (!second) return { kind: 'number', answer: first.text };
  if (isWord(second, /^(?:or|and)$/)) return { kind: 'number', answer: rawText(phrase) };
  return { kind: 'count', answer: first.text, noun: plainText(phrase.slice(1)) };
}

/** "port 80", "uid 33", "Python 3.9", "an error of 5 %": a noun and its number. */
function numbered(phrase: readonly Token[]): Reading | undefined {
  const at = phrase.findIndex(({ text }, n) => n > 0 && (isNumber(text) || VERSION.test(text)));
  const before = phrase.slice(0, at);
  const last = before.at(-1);
  if (at < 1 || last === undefined || isWord(last, DETERMINER)) return undefined;
  const value = phrase.slice(at);
  if (isWord(last, /than$/))
    return { kind: 'amount', answer: rawText(phrase), noun: nounOf(before.slice(0, -2)), whole: true };
  const of = before.findIndex((token) => isWord(token, /^of$/));
  if (of > 0) {
    const noun = nounOf(before.slice(0, of));
    return { kind: 'number', answer: readNounPhrase(value).answer, noun };
  }
  if (before.length === 1 && isName(last) && value.length < 4)
    return { kind: 'version', answer: rawText(phrase.slice(0, at + 1)), noun: `version of ${last.text}` };
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
  const head = kindOfThing && !isWord(core[0], /^(?:to|no)$/) ? core[1] : undefined;
  return { kind: core.some(isName) ? 'name' : 'thing', answer, noun: head && `kind of ${head.text}` };
}

/** The noun of a phrase without its determiner, if it has one. */
function nounOf(phrase: readonly Token[]): string | undefined {
  const words = phrase.filter((token, n) => !(n === 0 && isWord(token, DETERMINER)));
  while (isWord(words[0], /^(?:old|new|current|own)$/)) words.shift();
  while (isWord(words.at(-1), QUALIFIER)) words.pop();
  return words.length === 0 ? undefined : plainText(words);
}
