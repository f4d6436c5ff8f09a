/** What a line is within its text. */
export interface Place {
  /** A table's head has nothing to teach by itself; of a row each cell has. */
  readonly kind: 'text' | 'head' | 'row';
  /** Lines above it that it cannot be read without: of a row the table's head, of a setting its sections. */
  readonly head: readonly string[];
}

type Places = Map<number, Place>;

const WORD = /[\p{L}\p{N}]/u;
/** The line under a Markdown table's head. */
const RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$|^\s*\|\s*:?-+:?\s*\|\s*$/;

/** What divides the cells of a row, and how often at least. A comma before a blank is one of prose. */
const DIVIDERS: readonly (readonly [RegExp, number])[] = [
  [/\t/, 1],
  [/;/, 2],
  [/,(?!\s)/, 2],
];
/** A table without marks has at least so many lines: fewer may be alike by chance. */
const MIN_TABLE_LINES = 3;
/** Longer cells are prose, or code. */
const MAX_CELL_CHARS = 80;
const SENTENCE_END = /[.!?:]\s*$/;
/** Marks of code, which no heading has. */
const CODE = /[{}[\]=<>"'`;]|\([^)]*$|^[^(]*\)/;

/** "[server]" */
const SECTION = /^\[{1,2}[^[\]]+\]{1,2}\s*$/;
const ASSIGNMENT = /^\s*[\w.-]+\s*=\s*\S/;
/** A line without an assignment that is neither indented, a remark nor the end of a list. */
const OTHER_TEXT = /^[^\s#;\])}=][^=]*$/;
/** "server:", with settings below it. */
const PARENT = /^\s*[\w./-]+:\s*(?:#.*)?$/;
const SETTING = /^\s+[\w./-]+:\s+[^\s#]/;
const REMARK = /^\s*#/;

/** Whether there is anything to read in a text. */
export function hasWords(text: string): boolean {
  return WORD.test(text);
}

/** What each line of a text is: a table's head or row, a setting of a section, or a text by itself. */
export function placesOf(lines: readonly string[]): Place[] {
  const places: Places = new Map([
    ...sections(lines),
    ...parents(lines),
    ...separatedTables(lines),
    ...drawnTables(lines),
  ]);
  return lines.map((_, n) => places.get(n) ?? { kind: 'text', head: [] });
}

/** Tables as Markdown draws them. */
function drawnTables(lines: readonly string[]): Places {
  const places: Places = new Map();
  let head: readonly string[] = [];
  lines.forEach((line, n) => {
    const next = lines[n + 1] ?? '';
    if (!line.includes('|')) head = [];
    else if (RULE.test(next)) {
      // A head without a word names no column.
      head = hasWords(line) ? [line, next] : [];
      places.set(n, { kind: 'head', head: [] });
    } else if (head.length > 0) places.set(n, { kind: 'row', head });
  });
  return places;
}

/** Lines that tabs, semicolons or commas divide into the same number of cells: the first one names the columns. */
function separatedTables(lines: readonly string[]): Places {
  const places: Places = new Map();
  for (let start = 0; start < lines.length;) {
    const [first = '', ...below] = lines.slice(start, start + MIN_TABLE_LINES);
    const divider = DIVIDERS.find(([mark, least]) => cellsOf(first, mark).length > least)?.[0];
    const isLike = (line: string | undefined): boolean =>
      divider !== undefined && line !== undefined && isRow(line, divider, cellsOf(first, divider).length);
    let end = start + 1;
    if (divider && below.length === MIN_TABLE_LINES - 1 && isHeading(first, divider)) {
      while (isLike(lines[end])) end++;
    }
    if (end - start >= MIN_TABLE_LINES) {
      places.set(start, { kind: 'head', head: [] });
      for (let n = start + 1; n < end; n++) places.set(n, { kind: 'row', head: [first] });
      start = end;
    } else start++;
  }
  return places;
}

function cellsOf(line: string, divider: RegExp): string[] {
  return line.split(divider);
}

function isRow(line: string, divider: RegExp, width: number): boolean {
  const cells = cellsOf(line, divider);
  const isShort = cells.every((cell) => cell.length <= MAX_CELL_CHARS);
  return cells.length === width && isShort && cells[0]?.trim() !== '' && !SENTENCE_END.test(line);
}

/** Whether a line can be the head of a table: its cells are names, each another one. */
function isHeading(line: string, divider: RegExp): boolean {
  const cells = cellsOf(line, divider).map((cell) => cell.trim());
  const isName = (cell: string): boolean => /^\p{L}/u.test(cell) && !CODE.test(cell);
  return isRow(line, divider, cells.length) && cells.every(isName) && new Set(cells).size === cells.length;
}

/** Assignments below the name of their section, which ends where other text begins. */
function sections(lines: readonly string[]): Places {
  const places: Places = new Map();
  let head: readonly string[] = [];
  lines.forEach((line, n) => {
    if (SECTION.test(line)) head = [line.trim()];
    else if (OTHER_TEXT.test(line)) head = [];
    else if (head.length > 0 && ASSIGNMENT.test(line)) places.set(n, { kind: 'text', head });
  });
  return places;
}

/** Settings below the keys that they are nested in. */
function parents(lines: readonly string[]): Places {
  const places: Places = new Map();
  let above: readonly string[] = [];
  lines.forEach((line, n) => {
    if (line.trim() === '' || REMARK.test(line)) return;
    above = above.filter((other) => indentOf(other) < indentOf(line));
    if (SETTING.test(line) && above.length > 0 && above.every((other) => PARENT.test(other)))
      places.set(n, { kind: 'text', head: above });
    above = [...above, line];
  });
  return places;
}

/** How far a line is indented. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
