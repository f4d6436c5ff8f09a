import type { Candidate } from './sentences';
import { attributeQuestion } from './questions';

const KEY = '(?<s>[\\p{L}_$@*./-][\\p{L}\\p{N}_$@./ -]{0,60}?)';

/** Ways to write "key has value" that are no sentence, in order of preference. Groups: s key, a value. */
const ASSIGNMENTS: readonly RegExp[] = [
  /^#?\s*define\s+(?<s>\w+)\s+(?<a>\S.*)$/u,
  /^<(?<s>[\w:.-]+)(?:\s[^>]*)?>(?<a>[^<>]+)<\/\k<s>>$/u,
  /^(?:(?:export|const|let|var|val|final|static|readonly|public|private|protected|declare|default|set|int|long|string|bool|boolean|float|double|auto|String)\s+)*(?<s>[\w$.[\]-]+)(?:\s*:\s*[\w<>[\]|]+)?\s*(?::=|=>|=|<-)\s*(?<a>[^=\s].*)$/u,
  /^["'](?<s>[^"']+)["']\s*:\s*(?<a>\S.*)$/u,
  new RegExp(`^${KEY}\\s*(?::|=|->|→|=>)\\s+(?<a>\\S.*)$`, 'u'),
  /^(?<s>[\p{L}_][\p{L}\p{N}_.-]*):(?<a>[^\s/:].*)$/u,
  /^(?<s>--?[\w-]+)[=\s]\s*(?<a>\S+)$/u,
  /^(?<s>[A-Z][A-Z0-9]*_[A-Z0-9_]+)\s+(?<a>\S.*)$/u,
];

/** A comment that trails code. */
const TRAILING_COMMENT =
  /^(?<code>\S.*?\S)\s+(?:\/\/|\/\*|#(?=\s)|--(?=\s))\s*(?<comment>[^*]+?)\s*(?:\*\/)?$/u;

/** "Q: … A: …" */
const QUESTION_ANSWER = /^(?:q|question)\s*[:.]\s*(?<q>.+\?)\s*(?:a|answer)\s*[:.]\s*(?<a>.+)$/iu;

/** What a key-value line, with or without a trailing comment, or a question with its answer, says. */
export function notationCandidate(line: string): Candidate | undefined {
  const pair = QUESTION_ANSWER.exec(line)?.groups;
  if (pair) return { questions: [pair.q ?? ''], answer: (pair.a ?? '').trim() };
  const code = TRAILING_COMMENT.exec(line)?.groups?.code ?? line;
  for (const form of ASSIGNMENTS) {
    const groups = form.exec(code.replace(/[;,]+$/, ''))?.groups;
    if (!groups) continue;
    const answer = unquote((groups.a ?? '').trim());
    const subject = (groups.s ?? '').trim();
    if (answer === '' || /^[{[(]?$/.test(answer) || isProse(subject)) continue;
    return {
      questions: [`What is ${/\s/.test(subject) ? 'the ' : ''}${subject}?`.replace('the the ', 'the ')],
      answer,
    };
  }
  return undefined;
}

/** The comment that trails a line of code, if there is one. */
export function trailingComment(line: string): string | undefined {
  return TRAILING_COMMENT.exec(line)?.groups?.comment;
}

/**
 * What the last row of a Markdown or tab-separated table says: its second cell is an attribute of its
 * first, named by the header where there is one.
 */
export function tableCandidate(lines: readonly string[]): Candidate | undefined {
  const rows = lines.map(cells).filter((row) => row.length > 1);
  if (rows.length === 0 || rows.length !== lines.length) return undefined;
  const isRule = (row: readonly string[]): boolean => row.every((cell) => /^:?-{2,}:?$/.test(cell));
  const hasHeader = rows.some(isRule) || rows.length > 1;
  const body = rows.filter((row) => !isRule(row));
  const [subject = '', value = ''] = body.at(-1) ?? [];
  if (subject === '' || value === '') return undefined;
  const heading = hasHeader && body.length > 1 ? body[0]?.[1] : undefined;
  const question =
    heading === undefined
      ? `What is the value of ${subject}?`
      : attributeQuestion(lowerCase(heading), subject);
  return { questions: [question], answer: value };
}

function cells(line: string): string[] {
  const trimmed = line.trim();
  if (trimmed.includes('|')) {
    return trimmed
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim());
  }
  return trimmed.includes('\t') ? trimmed.split(/\t+/).map((cell) => cell.trim()) : [];
}

/** A heading in running text: its words in lower case unless they are acronyms. */
function lowerCase(heading: string): string {
  return heading.replace(/\b[A-Z][a-z]+/g, (word) => word.toLowerCase());
}

function unquote(value: string): string {
  return /^(["'`])(.*)\1$/.exec(value)?.[2] ?? value;
}

/** Whether a would-be key is really the start of a sentence. */
function isProse(key: string): boolean {
  return (
    key.split(/\s+/).length > 4 || /\b(?:is|are|was|were|has|have|must|should|can|will|use|uses)\b/i.test(key)
  );
}
