import { placesOf } from './heads';
import { isItem } from './nesting';
import { hasWords, indentOf, type Place } from './place';

/** Lines of a text that hold one fact, or several if they are a table's row. */
export interface Piece extends Omit<Place, 'isHead'> {
  /** The first and the last of them, from 0. */
  readonly start: number;
  readonly end: number;
}

/**
 * Divides a text into pieces that each may be taught: lines, items with all their lines, rows of a table.
 * @param isTable whether it is the text of a file that holds nothing but separated values
 */
export function piecesOf(lines: readonly string[], isTable = false): Piece[] {
  const pieces: Piece[] = [];
  placesOf(lines, isTable).forEach(({ isHead, ...place }, n) => {
    const line = lines[n] ?? '';
    if (isHead || !hasWords(line)) return;
    const above = pieces.at(-1);
    const isOwn = place.head.length > 0 || above?.end !== n - 1;
    if (!isOwn && continues(line, lines[above.start] ?? '')) pieces.splice(-1, 1, { ...above, end: n });
    else pieces.push({ ...place, start: n, end: n });
  });
  return pieces;
}

/** Whether a line belongs to the item that begins with `first`. */
function continues(line: string, first: string): boolean {
  return isItem(first) && !isItem(line) && indentOf(line) > indentOf(first);
}

/** What a piece says, behind its head. @param text its own text, where it is no row */
export function statementOf({ head, row }: Pick<Piece, 'head' | 'row'>, text: string): string {
  return [...head, row ?? text].join('\n');
}
