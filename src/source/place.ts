/** What a line is within its text. */
export interface Place {
  /** Lines above it that it cannot be read without: of a row the table's head, of a setting its sections, of an item those it is nested in. */
  readonly head: readonly string[];
  /** Whether it is but such a line, with nothing to teach by itself. */
  readonly isHead?: boolean;
  /** A table's row, each cell of which is a fact, as Markdown draws it. */
  readonly row?: string;
  /** Whether it only may be of a table: its lines are divided alike, but nothing tells a head from rows. */
  readonly isGuess?: boolean;
}

/** The places of lines, by their numbers from 0. */
export type Places = Map<number, Place>;

const WORD = /[\p{L}\p{N}]/u;

/** Whether there is anything to read in a text. */
export function hasWords(text: string): boolean {
  return WORD.test(text);
}

/** How far a line is indented. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A row as Markdown draws it, without what only aligns its cells. */
export function drawnRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A table's head as Markdown draws it. */
export function drawnHead(cells: readonly string[]): string[] {
  return [drawnRow(cells), `|${'---|'.repeat(cells.length)}`];
}
