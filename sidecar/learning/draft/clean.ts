import { oneLine } from '../answers';

/** What stands before the text of a line: comment marks, quotes, headings, list bullets, check boxes. */
const LEADING = [
  /^\s*(?:\/\/[/!]?|\/\*+!?|\*\/|<!--|--(?=\s)|;+(?=\s)|"""|'''|%(?=\s)|REM\b)\s*/i,
  /^\s*(?:#+|>|\*(?!\*)|[-+•])\s+/,
  /^\s*\(?\d{1,3}[.)]\s+/,
  /^\s*\[[ xX]\]\s+/,
  /^\s*(?:TODO|NOTE|INFO|HINT|IMPORTANT|WARNING|FIXME)\s*(?:\([^)]*\))?:\s*/,
];
const TRAILING = /\s*(?:\*+\/|-->|"""|''')\s*$/;

/**
 * The highlighted text as a statement: one line, without the marks of comments, lists, headings and
 * Markdown emphasis around it. Tables are left as they are, row by row.
 */
export function cleanStatement(text: string): string {
  return oneLine(cleanLines(text).join(' '));
}

/** The lines of a text without their marks; empty lines are dropped. */
export function cleanLines(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map(cleanLine)
    .filter((line) => line !== '');
}

function cleanLine(line: string): string {
  let rest = line.replace(TRAILING, '');
  for (let before = ''; before !== rest;) {
    before = rest;
    for (const mark of LEADING) rest = rest.replace(mark, '');
  }
  return oneLine(unmark(rest));
}

function unmark(text: string): string {
  return text
    .replace(/!?\[([^\]]+)\]\([^)\s]*\)/g, '$1')
    .replace(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, '$1')
    .replace(/`([^`]+)`/g, '$1');
}
