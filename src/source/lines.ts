/** Lines of a text that hold one fact. */
export interface Piece {
  /** The first and the last of them, from 0. */
  readonly start: number;
  readonly end: number;
  /** Lines above them that they cannot be read without: of a table's row its head. */
  readonly head: readonly string[];
}

const ITEM = /^\s*(?:[-*+•]|\d{1,3}[.)])\s/;
/** The line under a table's head. */
const RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$|^\s*\|\s*:?-+:?\s*\|\s*$/;
const WORD = /[\p{L}\p{N}]/u;

/** Divides a text into pieces that each may be taught: its lines, items with all their lines, rows of a table. */
export function piecesOf(lines: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let head: readonly string[] = [];
  lines.forEach((line, n) => {
    const next = lines[n + 1] ?? '';
    if (!line.includes('|')) head = [];
    if (!WORD.test(line)) return;
    if (line.includes('|') && RULE.test(next)) {
      head = [line, next];
      return;
    }
    const last = pieces.at(-1);
    if (last?.end === n - 1 && continues(line, lines[last.start] ?? '')) {
      pieces.splice(-1, 1, { ...last, end: n });
    } else pieces.push({ start: n, end: n, head });
  });
  return pieces;
}

/** Whether a line belongs to the item that begins with `first`. */
function continues(line: string, first: string): boolean {
  return ITEM.test(first) && !ITEM.test(line) && indentOf(line) > indentOf(first);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
