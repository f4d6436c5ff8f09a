import { columnQuestion, keyedValue, plainQuestion, attributeQuestion } from './attributes';
import { readNounPhrase } from './nounPhrase';
import { isDistinct, kindOf } from './values';
import { unmark } from './clean';
import type { Candidate, Proposal } from './candidate';
import { PIPE, unescapedPipes, unframed } from './pipes';
import { tokens } from './tokens';
import { verbOf } from './verbs';
import { whoOrWhat } from './questions';

const TYPE =
  /^`?(?:int(?:eger)?|number|string|str|bool(?:ean)?|float|double|object|array|list|map|enum|duration|url|path|date|bytes?|u?int\d+|f\d\d|any|text|yes|no|required|optional)`?(?:\[\])?$/i;
const SEPARATOR = /^[:=+-]{2,}$/;
/** A line of a frame drawn around cells. */
const FRAME = /^\s*\+[-=+]+\s*$/;
/** Cells that tell little: nothing, yes and no. */
const POOR = /^(?:|[-–—.…✓✗xX]|n\/a|none|yes|no|true|false)$/;
/** Those of them that tell something with their heading. */
const YES_OR_NO = /^(?:yes|no|true|false)$/i;
/** Headings of columns that only number the rows. */
const NUMBERING = /^(?:|#|no\.?|nr\.?|pos\.?|rank|id)$/i;

/** How cells are divided, in order of preference. */
const DIVIDERS: readonly RegExp[] = [PIPE, /\t+/, /\s{2,}/, /;/, /,(?!\s)/];

/**
 * What a table says: Markdown, tabs, aligned columns or separated values. Of its first row, in the
 * terms of the header where there is one, the most telling cell first; else of the row itself.
 */
export function tableProposals(lines: readonly string[]): Proposal[] {
  const rows = rowsOf(lines.filter((line) => !FRAME.test(line)));
  if (!rows) return [];
  const body = rows.filter((row) => !row.every((cell) => SEPARATOR.test(cell)));
  const [head = [], row = []] = body;
  const hasHeader = body.length < rows.length || (body.length > 1 && !head.slice(1).some(isValue));
  const found = hasHeader && body.length > 1 ? ofColumn(head, row) : ofRow(head);
  return found.map((each) => ({ ...each, traits: ['table'] }));
}

/** Which cell of a row says what it is about: the first, or the next one where that is a mere number. */
function subjectAt([first = '', second = '']: readonly string[]): number {
  return /^\d[\d.,:]*$/.test(plain(first)) && !isValue(second) && !POOR.test(plain(second)) ? 1 : 0;
}

const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD)$/;

/** The cells of a row that tell something; the first of them first, but rather a value that is next to it. */
function ofColumn(head: readonly string[], row: readonly string[]): Candidate[] {
  const [[title = '', next = ''], [first = '', second = '']] = [head.map(plain), row.map(plain)];
  const isPair = row.length === 2;
  if (isPair && whoOrWhat(title) === 'Who' && whoOrWhat(next) !== 'Who') {
    const answer = valueOf(row[0] ?? '');
    return [{ questions: [columnQuestion(title, second, answer)], answer }];
  }
  if (!isPair && METHOD.test(first) && kindOf(second) === 'address')
    return ofColumn(head.slice(1), [`${first} ${second}`, ...row.slice(2)]);
  const at = isPair ? 0 : NUMBERING.test(title) && title !== '' ? 1 : subjectAt(row);
  if (plain(row[at] ?? '') === '') return [];
  const isAttribute = (n: number): boolean => n !== at && !NUMBERING.test(plain(head[n] ?? ''));
  const isTelling = (n: number): boolean => isAttribute(n) && !POOR.test(plain(row[n] ?? ''));
  const isSaid = (n: number): boolean => n !== at && /\p{L}|\p{N}|[✓✗✅❌]/u.test(plain(row[n] ?? ''));
  const telling = head.flatMap((_, n) => (isTelling(n) ? [n] : []));
  const [one, other, ...more] = telling.length > 0 ? telling : head.flatMap((_, n) => (isSaid(n) ? [n] : []));
  if (one === undefined) return [];
  const isBetter = other !== undefined && !isValue(row[one] ?? '') && isValue(row[other] ?? '');
  const order = other === undefined ? [one] : isBetter ? [other, one, ...more] : [one, other, ...more];
  const yesOrNo = head.flatMap((_, n) => (isAttribute(n) && YES_OR_NO.test(plain(row[n] ?? '')) ? [n] : []));
  return [...new Set([...order, ...yesOrNo])].map((n) => {
    const answer = valueOf(row[n] ?? '');
    return { questions: [columnQuestion(plain(head[n] ?? ''), plain(row[at] ?? ''), answer)], answer };
  });
}

/** A row without a header: subject, value; subject, attribute, value; or subject, value, remark. */
function ofRow([subject = '', first = '', second = '']: readonly string[]): Candidate[] {
  if (subject === '' || first === '') return [];
  if (second !== '' && TYPE.test(first)) return [valueQuestion(subject, second)];
  if (second === '' || isValue(first)) {
    const found = isKey(subject) ? valueQuestion(subject, first) : keyedValue(subject, first);
    return found ? [found] : [];
  }
  const value = plain(second);
  return [{ questions: [attributeQuestion(plain(first), plain(subject), value)], answer: valueOf(second) }];
}

function valueQuestion(subject: string, value: string): Candidate {
  const answer = valueOf(value);
  const key = plain(subject);
  const [first] = tokens(answer);
  const does = first?.kind === 'word' && (verbOf(first.text, 'third') ?? verbOf(first.text, 'base'));
  const isWords = !isValue(value) && /\s/.test(answer);
  if (kindOf(answer) === 'address') return { questions: [plainQuestion(key, answer)], answer };
  if (!isWords) return { questions: [`What is the value of ${key}?`], answer };
  return { questions: [does ? `What does ${key} do?` : `What is ${key}?`], answer };
}

/** Whether a cell is a name by itself: one word. */
function isKey(cell: string): boolean {
  return tokens(cell).length === 1;
}

/** Whether a cell is a value, not the name of an attribute. */
function isValue(cell: string): boolean {
  const list = tokens(cell);
  const { kind } = readNounPhrase(list);
  return (
    list.length > 0 &&
    (/^\d/.test(cell) ||
      list.every(isDistinct) ||
      (kind !== 'thing' && kind !== 'name' && kind !== 'nothing' && kind !== 'time'))
  );
}

/** The rows of a table, under a title perhaps; all of them have the same number of cells, at least two. */
function rowsOf(lines: readonly string[]): string[][] | undefined {
  for (const divider of DIVIDERS) {
    const found = lines.map((line) => cells(line, divider));
    const start = found.findIndex((row) => row.length > 1);
    const rows = found.slice(start);
    const width = rows[0]?.length ?? 0;
    const isMarkdown = divider === DIVIDERS[0] || divider === DIVIDERS[1];
    const fits = rows.every((row) => row.length === width || (isMarkdown && row.length > 1));
    const isDrawn = rows.length > 1 || width > 2 || /^\s*\|/.test(lines[start] ?? '');
    const isEnough = isMarkdown ? isDrawn : rows.length > 1 && (width > 2 || start === 0);
    if (start >= 0 && start < 3 && width > 1 && fits && isEnough) return rows;
  }
  return undefined;
}

function cells(line: string, divider: RegExp): string[] {
  const row = unframed(line);
  if (!divider.test(row)) return [row];
  return row.split(divider).map((cell) => unmark(unescapedPipes(cell).trim()));
}

function plain(cell: string): string {
  return cell.replace(/`/g, '').trim();
}

function valueOf(cell: string): string {
  return plain(cell).replace(/^<(\S+)>$/, '$1');
}
