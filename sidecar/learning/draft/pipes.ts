/** What divides the cells of a drawn row: a pipe, unless it is escaped to be of a cell's text. */
export const PIPE = /(?<!\\)\|/;

/** A row's text without the pipes that frame it. */
export function unframed(row: string): string {
  return row.trim().replace(/^\||(?<!\\)\|$/g, '');
}

/** The cells of a drawn row, as they are written. */
export function pipedCells(row: string): string[] {
  return unframed(row)
    .split(PIPE)
    .map((cell) => cell.trim());
}

/** A cell's text, with its pipes as they are read. */
export function unescapedPipes(text: string): string {
  return text.replace(/\\\|/g, '|');
}
