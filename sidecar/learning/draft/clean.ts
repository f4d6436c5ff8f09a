import { oneLine } from '../answers';
import { unescapedPipes } from './pipes';

/** Comments that are closed: what opens one, at the start of a line, and what closes it. */
const COMMENTS: readonly { opens: RegExp; closes: RegExp }[] = [
  { opens: /^\s*\{?\/\*+!?\s*/m, closes: /\s*\*+\/\}?\s*$/ },
  { opens: /^\s*\{-\s*\|?\s*/m, closes: /\s*-\}\s*$/ },
  { opens: /^\s*\(\*\s*/m, closes: /\s*\*\)\s*$/ },
  { opens: /^\s*--\[\[\s*/m, closes: /\s*\]\]\s*$/ },
  { opens: /^\s*<#(?=\s|$)\s*/m, closes: /\s*#>\s*$/ },
  { opens: /^\s*\{#(?=\s|$)\s*/m, closes: /\s*#\}\s*$/ },
  { opens: /^\s*<%#\s*/m, closes: /\s*%>\s*$/ },
  { opens: /^\s*\{\{!(?:--)?\s*/m, closes: /\s*(?:--)?\}\}\s*$/ },
  { opens: /^\s*@\*(?=\s|$)\s*/m, closes: /\s*\*@\s*$/ },
  { opens: /^\s*#=(?=\s|$)\s*/m, closes: /\s*=#\s*$/ },
];
/** What closes a comment or a quote, whether or not the text has its beginning. */
const CLOSES =
  /(?:^|\s)\s*(?:\*+\/|-\}|\*\))\s*$|\s*(?:-->|"""|'''|<\/(?:summary|remarks|para|p|li|td|b)>)\s*$/;

/** What stands before the text of a line: comment marks, quotes, headings, list bullets, check boxes. */
const LEADING = [
  ...COMMENTS.map(({ opens }) => opens),
  /^\s*(?:\/\/[/!]?|\*\/(?!\d)|<!--|--(?!\w)|;+(?=\s)|"""|'''|%+(?=\s)|REM\b|@(?:rem|REM)\b|'(?=\s)|=(?:begin|end)\b|dnl\b|@doc\b(?=\s*["~])|@brief\b)\s*/,
  /^\s*(?:#+!?|>|\*(?!\*)|[-+•–])\s+/,
  /^\s*\[[ xX]\]\s+/,
  /^\s*(?:\[!\w+\]|\*\*\p{Lu}\p{Ll}+:?\*\*:?)\s*$/u,
  /^\s*(?:TODO|NOTE|INFO|HINT|TIP|IMPORTANT|WARNING|FIXME|HACK|XXX|BUG|CAUTION|NB)\s*(?:\([^)]*\))?:\s*/,
  /^\s*<(summary|remarks|para|p|li|td|b)>\s*/i,
];
/** The number or letter of a list's item. */
export const NUMBER = /^\s*\(?(\d{1,3}|[a-z])[.)]\s+/;
/** A table's row. */
const ROW = /^\s*\|/;
/** A line that opens or closes a block of code. */
const FENCE = /^\s*(?:\/\/[/!]?|\*|#+|>)?\s*(?:`{3,}|~{3,})[^`]*$/;

/**
 * The highlighted text as a statement: one line, without the marks of comments, lists, headings and
 * Markdown emphasis around it. Tables are left as they are, row by row.
 */
export function cleanStatement(text: string): string {
  return withoutCode(oneLine(cleanLines(text).join(' ')));
}

/** The lines of a text, without those that only open or close a block of code. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => !FENCE.test(line));
}

/** The lines of a text without their marks, code still in backticks; empty lines are dropped. */
function cleanLines(text: string): string[] {
  return cleanEach(linesOf(text)).filter((line) => line !== '');
}

/** Lines of one text without their marks, code still in backticks; what is nothing but marks is empty. */
export function cleanEach(raws: readonly string[]): string[] {
  const text = raws.join('\n');
  const closes = COMMENTS.filter(({ opens }) => opens.test(text)).map((comment) => comment.closes);
  const numbers: string[] = [];
  let before = '';
  return raws.map((raw) => {
    const line = withoutMarks(raw, closes);
    const [mark = '', own] = NUMBER.exec(line) ?? [];
    // A value that was wrapped to the start of a line is no number of a list.
    const isItem =
      own !== undefined &&
      (/^$|[.!?:;]$/.test(before) || /^[1a]$/.test(own) || numbers.some((other) => follows(own, other)));
    if (isItem) numbers.push(own);
    const text = isItem ? withoutMarks(line.slice(mark.length), closes) : line;
    before = oneLine(unmark(ROW.test(text) ? unescapedPipes(text) : text));
    return before;
  });
}

/** A text without the backticks of its code. */
export function withoutCode(text: string): string {
  return text.replace(/`([^`]+)`/g, '$1');
}

/** A line without what stands before its text and after it. */
function withoutMarks(line: string, closes: readonly RegExp[]): string {
  let rest = line;
  for (let before = ''; before !== rest;) {
    before = rest;
    for (const mark of [CLOSES, ...closes, ...LEADING]) rest = rest.replace(mark, '');
  }
  return rest;
}

/** Whether an item's number or letter is one more than that of an item before it, or the same, as Markdown has it. */
function follows(number: string, before: string): boolean {
  const value = (text: string): number => (/\d/.test(text) ? Number(text) : text.charCodeAt(0));
  return [0, 1].includes(value(number) - value(before));
}

/** A piece of text without the marks of Markdown, reStructuredText and Javadoc in it; code keeps its backticks. */
export function unmark(text: string): string {
  const code: string[] = [];
  const masked = text
    .replace(/``([^`]+)``/g, '`$1`')
    .replace(/`[^`]*`/g, (span) => `\uE000${code.push(span) - 1}\uE001`);
  return masked
    .replace(/^"([^"]+)"$/, '$1')
    .replace(/(?<![\w\])])!?\[([^\]]+)\]\([^)\s]*\)/g, '$1')
    .replace(/(?<![\w/])\*\*(?=[^\s/])(.+?)(?<=[^\s/])\*\*(?![\w/])/g, '$1')
    .replace(/(?<![\p{L}\p{N}*_/])\*(?=[\p{L}\p{N}])([^*]+?)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_])__(?=\p{L}[^_]* )([^_]+?)__(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/:\w+:(?=\uE000)/g, '')
    .replace(/\{@(?:link|code)\s+#?([^}]+)\}/g, '`$1`')
    .replace(/<(c|code|tt)>([^<>]+)<\/\1>/g, '`$2`')
    .replace(/<(?:see|paramref|typeparamref) (?:cref|name|langword)="([^"]+)"\s*\/>/g, '`$1`')
    .replace(/<(https?:[^>\s]+)>/g, '$1')
    .replace(/\uE000(\d+)\uE001/g, (_, n) => code[Number(n)] ?? '');
}
