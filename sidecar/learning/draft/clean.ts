import { oneLine } from '../answers';

/** What stands before the text of a line: comment marks, quotes, headings, list bullets, check boxes. */
const LEADING = [
  /^\s*(?:\/\/[/!]?|\/\*+!?|\*\/(?!\d)|<!--|--(?!\w)|;+(?=\s)|"""|'''|%+(?=\s)|REM\b|'(?=\s)|\{-|\(\*|--\[\[|=begin\b|dnl\b|@doc\b(?=\s*["~])|@brief\b)\s*/i,
  /^\s*(?:#+!?|>|\*(?!\*)|[-+•–])\s+/,
  /^\s*\(?(?:\d{1,3}|[a-z])[.)]\s+/,
  /^\s*\[[ xX]\]\s+/,
  /^\s*(?:TODO|NOTE|INFO|HINT|TIP|IMPORTANT|WARNING|FIXME|HACK|XXX|BUG|CAUTION|NB)\s*(?:\([^)]*\))?:\s*/,
  /^\s*<(summary|remarks|para|p|li|td|b)>\s*/i,
];
const TRAILING = /\s*(?:\*+\/|-->|"""|'''|-\}|\*\)|\]\]|<\/(?:summary|remarks|para|p|li|td|b)>)\s*$/;

/**
 * The highlighted text as a statement: one line, without the marks of comments, lists, headings and
 * Markdown emphasis around it. Tables are left as they are, row by row.
 */
export function cleanStatement(text: string): string {
  return withoutCode(oneLine(cleanLines(text).join(' ')));
}

/** The lines of a text without their marks, code still in backticks; empty lines are dropped. */
export function cleanLines(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map(cleanLine)
    .filter((line) => line !== '');
}

/** A text without the backticks of its code. */
export function withoutCode(text: string): string {
  return text.replace(/`([^`]+)`/g, '$1');
}

function cleanLine(line: string): string {
  let rest = line;
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(TRAILING, '');
    for (const mark of LEADING) rest = rest.replace(mark, '');
  }
  return oneLine(unmark(rest));
}

/** A piece of text without the marks of Markdown, reStructuredText and Javadoc in it; code keeps its backticks. */
export function unmark(text: string): string {
  return text
    .replace(/^"([^"]+)"$/, '$1')
    .replace(/!?\[([^\]]+)\]\([^)\s]*\)/g, '$1')
    .replace(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, '$1')
    .replace(/(?<![\p{L}\p{N}*_/])\*(?=[\p{L}\p{N}])([^*]+?)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_])__(?=\p{L}[^_]* )([^_]+?)__(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/:\w+:(?=`)/g, '')
    .replace(/``([^`]+)``/g, '`$1`')
    .replace(/\{@(?:link|code)\s+([^}]+)\}/g, '`$1`')
    .replace(/<(c|code|tt)>([^<>]+)<\/\1>/g, '`$2`')
    .replace(/<(?:see|paramref|typeparamref) (?:cref|name|langword)="([^"]+)"\s*\/>/g, '`$1`')
    .replace(/<(https?:[^>\s]+)>/g, '$1');
}
