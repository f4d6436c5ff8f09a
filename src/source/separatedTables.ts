import { drawnHead, drawnRow, type Places } from './place';

/** What divides the cells of a row, and how often at least. A comma before a blank is one of prose. */
const DIVIDERS: readonly (readonly [RegExp, number])[] = [
  [/\t/, 1],
  [/;/, 2],
  [/,(?!\s)/, 2],
];
/** The same in a file that holds nothing but a table. */
const DIVIDERS_OF_FILE: typeof DIVIDERS = [
  [/\t/, 1],
  [/;/, 1],
  [/,/, 1],
];
/** Fewer rows below a head may be alike by chance; not so in a file that holds a table. */
const MIN_ROWS = 2;
const MIN_ROWS_OF_FILE = 1;
/** A cell in quotation marks, which may have dividers in it. */
const QUOTED = /(?<=^|[\t;,]\s?)"((?:[^"]|"")*)"/g;
const SENTENCE_END = /[.!:]$/;
/** Marks of code, which no heading has. */
const CODE = /[{}[\]=<>"'`;]|\([^)]*$|^[^(]*\)/;

interface Table {
  readonly divider: RegExp;
  readonly head: readonly string[];
  /** Whether the first line is known to be a head by the rows below it. */
  readonly isEvident: boolean;
}

/**
 * Lines that tabs, semicolons or commas divide into the same number of cells: the first one names the columns. The table
 * goes on behind blank lines and lines that are divided otherwise.
 * @param isFile whether the lines are of a file that holds nothing but a table
 */
export function separatedTables(lines: readonly string[], isFile: boolean): Places {
  const places: Places = new Map();
  let table: Table | undefined;
  lines.forEach((line, n) => {
    if (line.trim() === '') return;
    const goesOn = table?.divider.test(line) === true;
    const isWithin = goesOn && lines[n - 1]?.trim() !== '';
    const begun = isWithin ? undefined : tableAt(lines, n, isFile);
    if (begun && (begun.isEvident || !goesOn)) {
      table = begun;
      places.set(n, begun.isEvident || isFile ? { head: [], isHead: true } : { head: [], isGuess: true });
    } else if (!goesOn) table = undefined;
    else if (table) {
      const cells = cellsOf(line, table.divider);
      const isGuess = !table.isEvident && !isFile;
      if (cells.length === table.head.length)
        places.set(n, { head: drawnHead(table.head), row: drawnRow(cells), isGuess });
    }
  });
  return places;
}

/** The table that begins with a line, if one does. Below a line that is divided alike none does: that may be its head. */
function tableAt(lines: readonly string[], start: number, isFile: boolean): Table | undefined {
  const first = lines[start] ?? '';
  const divider = (isFile ? DIVIDERS_OF_FILE : DIVIDERS).find(
    ([mark, least]) => cellsOf(first, mark).length > least,
  )?.[0];
  if (!divider || divider.test(lines[start - 1] ?? '')) return undefined;
  const head = cellsOf(first, divider);
  if (!isHeading(head)) return undefined;
  let end = start + 1;
  while (divider.test(lines[end] ?? '')) end++;
  const below = lines.slice(start + 1, end).map((line) => cellsOf(line, divider));
  const rows = below.filter(({ length }) => length === head.length);
  const isTable =
    rows.length >= (isFile ? MIN_ROWS_OF_FILE : MIN_ROWS) && rows.length > below.length - rows.length;
  return isTable ? { divider, head, isEvident: isEvident(head, rows) } : undefined;
}

/** A row's cells without their quotation marks, with pipes escaped. */
function cellsOf(line: string, divider: RegExp): string[] {
  const quoted: string[] = [];
  return line
    .replace(QUOTED, (_, text: string) => `\uE000${quoted.push(text.replace(/""/g, '"')) - 1}\uE001`)
    .split(divider)
    .map((cell) => cell.replace(/\uE000(\d+)\uE001/g, (_, n) => quoted[Number(n)] ?? ''))
    .map((cell) => cell.trim().replace(/\|/g, '\\|'));
}

/** Whether cells can be the head of a table: they are names, each another one. */
function isHeading(cells: readonly string[]): boolean {
  const isName = (cell: string): boolean => /^\p{L}/u.test(cell) && !CODE.test(cell);
  return (
    cells.every(isName) && new Set(cells).size === cells.length && !SENTENCE_END.test(cells.at(-1) ?? '')
  );
}

/**
 * Whether a head differs from the rows below it: in some column all cells look alike, and unlike its heading. Two columns
 * may be names and values without a head.
 */
function isEvident(head: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const columns = head.map((heading, n) => ({
    heading,
    cells: rows.map((row) => row[n] ?? '').filter((cell) => cell !== ''),
  }));
  if (columns.length < 3 || columns.some(({ heading, cells }) => cells.includes(heading))) return false;
  return columns.some(({ heading, cells }) => {
    const looks = new Set(cells.map(lookOf));
    return looks.size === 1 && !looks.has(lookOf(heading));
  });
}

function lookOf(cell: string): string {
  return /^\P{L}*\d/u.test(cell) ? 'number' : /^\p{Lu}/u.test(cell) ? 'name' : 'word';
}
