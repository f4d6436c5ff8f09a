import { hasWords, indentOf, placesOf } from './heads';

/** Lines of a text that hold one fact, or several if they are a table's row. */
export interface Piece {
  /** The first and the last of them, from 0. */
  readonly start: number;
  readonly end: number;
  /** Lines above them that they cannot be read without: of a table's row its head, of a setting its sections. */
  readonly head: readonly string[];
  /** Whether it is a row of a table, each cell of which is a fact. */
  readonly isRow: boolean;
}

const ITEM = /^\s*(?:[-*+•]|\d{1,3}[.)])\s/;

/**
 * Divides lines of a text into pieces that each may be taught: lines, items with all their lines, rows of a table.
 * @param first the first line that is wanted, from 0; those above it are looked at for what it belongs to
 * @param last the last one
 * @param places those of the text's lines
 */
export function piecesOf(
  lines: readonly string[],
  first = 0,
  last = lines.length - 1,
  places = placesOf(lines),
): Piece[] {
  const pieces: Piece[] = [];
  for (let n = first; n <= last; n++) {
    const line = lines[n] ?? '';
    const { kind, head } = places[n] ?? { kind: 'head', head: [] };
    if (kind === 'head' || !hasWords(line)) continue;
    const above = pieces.at(-1);
    if (above?.end === n - 1 && continues(line, lines[above.start] ?? '')) {
      pieces.splice(-1, 1, { ...above, end: n });
    } else pieces.push({ start: n, end: n, head, isRow: kind === 'row' });
  }
  return pieces;
}

/** Whether a line belongs to the item that begins with `first`. */
function continues(line: string, first: string): boolean {
  return ITEM.test(first) && !ITEM.test(line) && indentOf(line) > indentOf(first);
}

/** A piece's text behind its head. The blanks and dashes that only align a table would leave no room for the rest. */
export function statementOf({ head, isRow }: Pick<Piece, 'head' | 'isRow'>, text: string): string {
  const lines = [...head, text];
  return (isRow ? lines.map(squeezed) : lines).join('\n');
}

function squeezed(line: string): string {
  return line.replace(/ {2,}/g, ' ').replace(/-{4,}/g, '---');
}
