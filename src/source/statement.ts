/** What can be taught, and what the user is told when it cannot. */

/** The most UTF-8 bytes a statement may have. */
export const MAX_STATEMENT_BYTES = 8 * 1024;

/** The most characters of an answer that the input flow takes. */
export const MAX_ANSWER_CHARS = 200;

/** A NUL or a run of replacement characters: text that was not text. */
const BINARY = /\0|\uFFFD{2,}/;

/** @returns why a highlighted text cannot be taught and what to do, or undefined when it can */
export function problemOf(statement: string, maxBytes: number): string | undefined {
  if (statement.trim() === '') return 'This line is blank. Select the text that states the fact.';
  if (BINARY.test(statement)) return 'This looks like a binary file. Only text can be taught.';
  const bytes = Buffer.byteLength(statement);
  if (bytes <= maxBytes) return undefined;
  return (
    `The selection is ${kilobytes(bytes)}; a fact can be at most ${kilobytes(maxBytes)}. ` +
    'Select only the text that states the fact.'
  );
}

function kilobytes(bytes: number): string {
  const value = bytes / 1024;
  return `${value < 10 ? value.toFixed(1).replace('.0', '') : Math.round(value)} KB`;
}

/** How another question begins, unlike the rest of one such as "What does String? mean?". */
const BEGINNING = String.raw`[\p{Lu}\p{Lo}¿]|(?:(?:at|by|for|from|in|of|on|since|to|until|with)\s+)?(?:who|whom|whose|what|which|when|where|why|how)(?:['’]?s)?\b|(?:is|are|was|were|does|do|did|can|could|should|will|would|has|have|must|may)\s+[^\s?]`;
const BEGINS = new RegExp(`^(?:${BEGINNING})`, 'u');
/** A plain word, which has no question mark of its own, unless a verb is still to come. */
const PLAIN = String.raw`(?<!\b(?:do|does|did)\s+)(?<![\p{L}\p{N}_])\p{Ll}[\p{Ll}'’-]+`;
const BETWEEN = new RegExp(
  String.raw`(?<=.\?)(?:\s{2,}|\s+(?=${BEGINNING}))|(?<=${PLAIN}\?)\s+|(?<=？)\s*`,
  'u',
);

/**
 * Splits what was typed into questions: each ends at the question mark of a plain word, or one that another question, or
 * more than one space, comes after.
 */
export function splitQuestions(text: string): string[] {
  const questions = text
    .trim()
    .split(BETWEEN)
    .filter((question) => question !== '');
  return [...new Set(questions)];
}

/** Questions as one text, from which `splitQuestions` has them again where none has another question's beginning in it. */
export function joinQuestions(questions: readonly string[]): string {
  return questions
    .map((each, n) => {
      const next = questions[n + 1];
      if (next === undefined) return each;
      return `${each}${/[?？]$/.test(each) ? '' : '?'}${BEGINS.test(next) ? ' ' : '  '}`;
    })
    .join('');
}

/** A text of which VS Code takes nothing for an icon or a link: a space without width parts what would open one. */
export function unlinked(text: string): string {
  return text.replace(/\$(?=\()|\](?=\()/g, '$&\u200b');
}

const CHARACTERS = new Intl.Segmenter();

/** One line of at most `max` characters, as a reader counts them, for titles and messages. */
export function clip(text: string, max: number): string {
  const line = unlinked(text.replace(/\s+/g, ' ').trim());
  if (line.length <= max) return line;
  const characters = Array.from(CHARACTERS.segment(line), ({ segment }) => segment);
  if (characters.length <= max) return line;
  return `${characters
    .slice(0, max - 1)
    .join('')
    .trimEnd()}…`;
}
