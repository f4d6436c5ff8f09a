import { attributeQuestion, keyedValue, lowerRole, plainQuestion } from './attributes';
import { readNounPhrase } from './nounPhrase';
import { isDistinct, kindOf } from './values';
import { unmark } from './clean';
import type { Candidate } from './candidate';
import { tokens } from './tokens';

const TYPE =
  /^`?(?:int(?:eger)?|number|string|str|bool(?:ean)?|float|double|object|array|list|map|enum|duration|url|path|date|bytes?|u?int\d+|f\d\d|any|text|yes|no|required|optional)`?(?:\[\])?$/i;

/**
 * What the last row of a Markdown or tab-separated table says: of its first cell, in the terms of the
 * header where there is one, else of the row itself.
 */
export function tableCandidate(lines: readonly string[]): Candidate | undefined {
  const rows = lines.map(cells).filter((row) => row.length > 1);
  if (rows.length === 0 || rows.length !== lines.length) return undefined;
  const body = rows.filter((row) => !row.every((cell) => /^:?-{2,}:?$/.test(cell)));
  const [subject = '', ...values] = body.at(-1) ?? [];
  const [first = ''] = values;
  if (subject === '' || first === '') return undefined;
  const heading = body.length > 1 ? body[0]?.[1] : undefined;
  if (heading !== undefined)
    return {
      questions: [attributeQuestion(words(heading), plain(subject), plain(first))],
      answer: valueOf(first),
    };
  return ofRow(subject, values);
}

/** A row without a header: subject, value; subject, attribute, value; or subject, value, remark. */
function ofRow(subject: string, values: readonly string[]): Candidate | undefined {
  const [first = '', second = ''] = values;
  if (second === '') return isKey(subject) ? valueQuestion(subject, first) : keyedValue(subject, first);
  if (TYPE.test(first)) return valueQuestion(subject, second);
  if (isValue(first)) return isKey(subject) ? valueQuestion(subject, first) : keyedValue(subject, first);
  return {
    questions: [attributeQuestion(plain(first), plain(subject), plain(second))],
    answer: valueOf(second),
  };
}

function valueQuestion(subject: string, value: string): Candidate {
  const answer = valueOf(value);
  const key = plain(subject);
  const question = kindOf(answer) === 'address' ? plainQuestion(key, answer) : `What is the value of ${key}?`;
  return { questions: [question], answer };
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

function cells(line: string): string[] {
  const trimmed = line.trim();
  if (trimmed.includes('|'))
    return trimmed
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => unmark(cell.trim()));
  return trimmed.includes('\t') ? trimmed.split(/\t+/).map((cell) => unmark(cell.trim())) : [];
}

/** A heading as an attribute. */
function words(heading: string): string {
  return lowerRole(plain(heading));
}

function plain(cell: string): string {
  return cell.replace(/`/g, '').trim();
}

function valueOf(cell: string): string {
  return plain(cell).replace(/^<(\S+)>$/, '$1');
}
