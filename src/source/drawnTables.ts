import { pipedCells } from '../../sidecar/learning/draft/pipes';
import { drawnHead, drawnRow, hasWords, type Places } from './place';

/** What comments and quotes have before each line. */
const MARK = /^\s*(>|#+|\/\/[/!]?|\*|--|;+|%+)\s/;
/** What may be in a rule: the line that Markdown and others draw below a table's head. */
const RULE = /^[-=:|+\s]+$/;
const RULE_CELL = /^\s*:?[-=]+:?\s*$/;

/** Tables as Markdown, Org, reStructuredText and databases draw them, also in comments and quotes. */
export function drawnTables(lines: readonly string[]): Places {
  const places: Places = new Map();
  let table: { readonly mark: string; readonly head: readonly string[] } | undefined;
  lines.forEach((line, n) => {
    const below = lines[n + 1] ?? '';
    const own = MARK.exec(line)?.[1] ?? '';
    const mark = below.trim().startsWith(own) ? own : '';
    const rule = textBehind(mark, below);
    const top = textBehind(mark, line);
    const text = table && textBehind(table.mark, line);
    const isHead = top.includes('|') && isRule(rule) && !isRule(top);
    // A grid may have rules between its rows too.
    const isOfRow =
      rule.startsWith('+') && (table !== undefined || isHeadless(lines, n - 2) || isHeadless(lines, n));
    if (isHead && !isOfRow) {
      // A head without a word names no column.
      table = hasWords(top) ? { mark, head: drawnHead(pipedCells(top)) } : undefined;
      places.set(n, { head: [], isHead: true });
    } else if (table && text?.includes('|') && hasWords(text)) {
      places.set(n, { head: table.head, row: drawnRow(pipedCells(text)) });
    } else if (!text?.includes('|') && !isRule(text ?? '')) table = undefined;
  });
  return places;
}

/** Whether a grid has the same rule below a row and the next one, as below a head it has not. */
function isHeadless(lines: readonly string[], n: number): boolean {
  const rows = [n, n + 2].map((at) => lines[at] ?? '');
  return lines[n + 1] === lines[n + 3] && rows.every((row) => row.includes('|'));
}

/** What a line says behind a mark; nothing where it does not begin with it. */
function textBehind(mark: string, line: string): string {
  const text = line.trim();
  return text.startsWith(mark) ? text.slice(mark.length).trimStart() : '';
}

function isRule(text: string): boolean {
  if (!RULE.test(text)) return false;
  const line = text.trim();
  const cells = line.replace(/^[|+]|[|+]$/g, '').split(/[|+]/);
  return cells.every((cell) => RULE_CELL.test(cell)) && (cells.length > 1 || /^[|+].*[|+]$/.test(line));
}
