import { MONTH, type Token } from './tokens';

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

const NUMERAL =
  '(?:[~≈±<>]?[€$£]?-?\\d[\\d.,_]*(?:[kKMGx]|st|nd|rd|th)?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|twenty|thirty|forty|fifty|sixty|hundred|thousand)';
const NUMBER = new RegExp(`^${NUMERAL}$`, 'i');
const TIME_UNIT =
  '(?:ns|µs|us|ms|s|sec|secs|min|mins|h|hrs?|d|(?:milli|micro|nano)?seconds?|minutes?|hours?|days?|weeks?|months?|years?|quarters?|sprints?)';
const UNIT =
  '(?:[kKMGTP]i?[Bb]|[kMG]bit/s|bytes?|bits?|%|percent|[kKMG]?Hz|fps|rps|qps|px|pt|em|rem|dpi|baud|d[Bb]m?|ppm|rpm|°C|°|degrees?|K|m|cm|mm|km|[µk]?g|[kM]?W|[kM]?Wh|m?V|[mk]?V|m?A|mAh|[kMG]?Pa|bar|N·m|Nm|N|[kM]?Ω|ohms?|lux|mol|euros?|dollars?|cents?|€|\\$|USD|EUR|CHF|req/s|[\\w.µ]+/[\\wµ]+[²³]?)';
const DAY = `(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|${MONTH}|midnight|noon|today|tomorrow|weekends?|weekdays?)`;
const WHEN = new RegExp(
  `^(?:\\d{1,2}:\\d\\d\\b.*|\\d{4}-\\d\\d-\\d\\d.*|(?:.* )?${DAY}(?: .*)?|(?:19|20)\\d\\d|Q[1-4](?: \\d{4})?|(?:the )?\\d{1,2}(?:st|nd|rd|th)\\b.*|(?:every|each) (?:other |second |\\S*\\d\\S* )?(?:${TIME_UNIT}|nights?|mornings?|evenings?|release|build|deploy|deployment|commit|push|run|request|restart|start|boot)\\b.*|(?:daily|hourly|weekly|monthly|nightly|twice .*|once (?:per|a|an|every) .*)|(?:the end|the start|the beginning) of .*)$`,
  'i',
);
const DURATION = new RegExp(
  `^(?:${NUMERAL}(?:-|\\s)|[~<>]?\\d[\\d.,_]*)${TIME_UNIT}$|^(?:a|an|half an) (?:second|minute|hour|day|week|month|year)$`,
  'i',
);
const AMOUNT = new RegExp(`^(?:${NUMERAL}\\s?${UNIT}|[€$£]\\d\\S*(?: (?:thousand|million|billion))?)$`);
const ADDRESS =
  /^(?:<?[a-z][\w+.-]*:\/\/\S+|[\w.+-]+@[\w-]+\.[\w.-]+|[~.]{0,2}[/\\]\S+|[A-Z]:\\\S+|[\w.@{}*-]+[/\\][\w.@{}*/\\-]+|[\w-]+(?:\.[\w-]+)*\.(?:json|ya?ml|toml|md|txt|ts|js|mjs|py|go|rs|sh|sql|ini|cfg|conf|env|lock|xml|html|csv|log|pem|key|db)|#[a-z][\w-]*|(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?)$/;
const ONLY_UNIT = new RegExp(`^${UNIT}$`);
const ONLY_TIME_UNIT = new RegExp(`^${TIME_UNIT}$`);
const VERSION = /^v?\d+(?:\.[\dx]+)*(?:-?(?:alpha|beta|rc)[\d.]*)?$/;
const IDENTIFIER =
  /[_\\=$]|::|\(\)|\p{L}\.\p{L}|[\p{Ll}]\p{Lu}|\p{L}-?\p{L}*-\d|\d-\p{L}|^0x[\dA-F]+$|^@\w|^#[\dA-F]{3,8}$|^\p{L}+\d+[\p{L}\d]*$|^(?=.*\d)(?=.*[a-f])[\da-f]{7,40}$/u;
/** Whether a text is an identifier, an address or the like, which no prose holds. */
export function isDistinct(token: Token | undefined): boolean {
  if (token === undefined) return false;
  const { kind, text } = token;
  if (kind === 'code' || kind === 'quote') return true;
  const looksSo = ADDRESS.test(text) || (IDENTIFIER.test(text) && !ONLY_UNIT.test(text));
  return kind === 'word' && looksSo && !isMeasure(text);
}

/** Whether a text is a place: a URL, an address, a path, a channel. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

const FUNCTION_WORD =
  /^(?:the|an?|our|we|you|i|it|its|all|any|every|each|this|that|these|those|they|only|no|some|both|most|if|in|on|at|to|for|from|with|by|and|or|but|so|as|when|never|always|please|there|here|what|which|who|how|where)$/i;

/** Whether a token looks like a name: it has a capital or a hyphen, or is distinct anyway. */
export function isName(token: Token | undefined): boolean {
  if (token === undefined || isDistinct(token)) return token !== undefined;
  const { kind, text } = token;
  const looksSo = /^\p{L}*\p{Lu}|^\p{Lo}|^\p{Ll}{2,}-[\p{Ll}-]{3,}$/u.test(text);
  return kind === 'word' && looksSo && !FUNCTION_WORD.test(text);
}

/** Whether a text is the name of a person, as far as its form tells: two or three words with capitals. */
export function isFullName(text: string): boolean {
  return /^\p{Lu}\p{Ll}+(?:[ -](?:\p{Lu}[\p{Ll}.]+|de|van|von|da)){1,3}$/u.test(text);
}

/** Whether a text is a number, in digits or words. */
export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** Whether a text is a number with its unit, or a sum. */
export function isMeasure(text: string): boolean {
  return DURATION.test(text) || AMOUNT.test(text);
}

/** Whether a text is the name of a unit. */
export function isUnit(text: string): boolean {
  return ONLY_UNIT.test(text) || ONLY_TIME_UNIT.test(text);
}

/** Whether a text is a number with dots, such as a version has. */
export function isVersion(text: string): boolean {
  return VERSION.test(text);
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
