/** A word of a statement, or a piece of it that is never split: code, a quotation, an aside. */
export interface Token {
  /** joint: a comma or a conjunction that joins the items of a list. */
  kind: 'word' | 'code' | 'quote' | 'aside' | 'mark' | 'joint';
  /** As it stands in the statement. */
  raw: string;
  /** Without quotation marks. */
  text: string;
  /** Whether it stands for a pronoun. */
  isTopic?: boolean;
  /** What the word seems to be in its sentence: a form of a verb, an adjective, an adverb. */
  form?: 'base' | 'third' | 'past' | 'gerund' | 'adjective' | 'adverb';
}

/** Words that count as one. */
const TOGETHER =
  'in favou?r of|on behalf of|by means of|as soon as|up to(?= [\\d~]| (?:two|three|four|five|six|seven|eight|nine|ten|twelve)\\b)|regardless of|at most|at least|no more than|more than|less than|fewer than|no longer|in front of|on top of|because of|out of|instead of|rather than|according to|due to|owing to|such as|as well as|as long as|next to|close to|ahead of|prior to';

/** The names of the months, short or long. */
export const MONTH =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
/** Days and months, which count as one word: "1 March 2026", "June 3rd", "May 2014". */
const DATE = `(?:\\d{1,2}(?:st|nd|rd|th)? ${MONTH}\\.?(?: \\d{4})?|${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?(?:, \\d{4})?|${MONTH}\\.? \\d{4})(?![\\p{L}\\p{N}])`;

/** In order of preference: code, quotations, asides, punctuation, words. */
const TOKEN = new RegExp(
  [
    '(?<code>`[^`]+`)',
    `(?<quote>"[^"]+"|“[^”]+”|«[^»]+»|(?<![\\p{L}\\p{N}])'[^']+'(?![\\p{L}\\p{N}]))`,
    '(?<aside>\\([^()]*\\)(?=[\\s,;.:]|$))',
    '(?<mark>[,;:!?](?=\\s|$)|\\.$|[—–](?=\\s))',
    DATE,
    `(?:${TOGETHER})(?=[\\s,;:.!?)]|$)`,
    '\\S+?(?=[,;:!?]*(?:\\s|$)|\\.$)',
  ].join('|'),
  'giu',
);

/** The tokens of a statement in which code still stands in backticks. */
export function tokens(text: string): Token[] {
  return [...text.trim().matchAll(TOKEN)].map(({ 0: found, groups = {} }) => {
    if (groups.code !== undefined) return { kind: 'code', raw: inside(found), text: inside(found) };
    if (groups.quote !== undefined) return { kind: 'quote', raw: found, text: inside(found) };
    const kind = groups.aside !== undefined ? 'aside' : groups.mark !== undefined ? 'mark' : 'word';
    return { kind, raw: found, text: found };
  });
}

/** Tokens as text of the statement. */
export function rawText(list: readonly Token[]): string {
  return joined(list.map((token) => (isMark(token) ? token.raw : ` ${token.raw}`)));
}

/** Tokens as text for a question: without quotation marks and asides. */
export function plainText(list: readonly Token[]): string {
  return joined(
    list
      .filter(({ kind }) => kind !== 'aside')
      .map((token) => (isMark(token) ? token.text : ` ${token.text}`)),
  );
}

/** Whether no blank stands before a token. */
function isMark({ kind, text }: Token): boolean {
  return kind === 'mark' || (kind === 'joint' && text === ',');
}

/** Whether a token is one of some words, in lower or upper case. */
export function isWord(token: Token | undefined, pattern: RegExp): boolean {
  return token?.kind === 'word' && pattern.test(token.text === 'May' ? 'May' : token.text.toLowerCase());
}

/** A token's text; empty if there is none. */
export function textOf(token: Token | undefined): string {
  return token?.text ?? '';
}

function joined(parts: readonly string[]): string {
  return parts.join('').trim();
}

function inside(text: string): string {
  return text.slice(1, -1);
}
