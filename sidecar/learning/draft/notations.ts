import { keyedValue } from './attributes';
import { settingCandidate } from './config';
import { docTagCandidate } from './docTags';
import { idiomOf } from './idioms';
import { candidateOf, LABEL, namesSomething, type Candidate } from './sentences';
import { tokens } from './tokens';
import { parseClause } from './clause';
import { verbOf } from './verbs';

/** A comment that trails code. */
const TRAILING_COMMENT =
  /^(?<code>\S.*?\S)\s+(?:\/\/|\/\*|#(?=\s)|--(?=\s)|;(?=\s))\s*(?<comment>[^*]+?)\s*(?:\*\/)?$/u;

/** "Q: … A: …" */
const QUESTION_ANSWER = /^(?:q|question)\s*[:.]\s*(?<q>.+\?)\s*(?:a|answer)\s*[:.]\s*(?<a>.+)$/iu;

/** "Key: value", "key → value" in words. */
const KEYED = /^(?<k>[^:→]{1,70}?)\s*(?::|→|->|=>|—|–|\s=)\s+(?<v>\S.*)$/u;

/** What a key-value line, with or without a trailing comment, or a question with its answer, says. */
export function notationCandidate(line: string): Candidate | undefined {
  const pair = QUESTION_ANSWER.exec(line)?.groups;
  if (pair) return { questions: [pair.q ?? ''], answer: (pair.a ?? '').trim() };
  const tag = docTagCandidate(line);
  if (tag) return tag;
  const code = TRAILING_COMMENT.exec(line)?.groups?.code ?? line;
  return isProse(code) ? keyed(code) : (settingCandidate(code) ?? keyed(code));
}

/** The comment that trails a line of code, if there is one. */
export function trailingComment(line: string): string | undefined {
  return TRAILING_COMMENT.exec(line)?.groups?.comment;
}

/** "Key: value" in words, where the value may be a sentence about the key. */
function keyed(line: string): Candidate | undefined {
  const groups = KEYED.exec(line.replace(/[.;]$/, ''))?.groups;
  const key = groups?.k?.trim() ?? '';
  const value = groups?.v ?? '';
  if (key === '' || LABEL.test(`${key}: `) || hasVerb(key)) return undefined;
  const [first] = tokens(value);
  if (first?.kind === 'word' && verbOf(first.text, 'participle') && !verbOf(first.text, 'base'))
    return candidateOf(`${key} is ${value}`);
  if (hasVerb(value)) return about(key, value);
  const quoted = /^(?<a>"[^"]+") for (?<s>.+)$/.exec(value)?.groups;
  if (quoted) return keyedValue(`${key} for ${quoted.s ?? ''}`, quoted.a ?? '');
  return keyedValue(key, value);
}

/** A sentence under a key: the key is named in the question. */
function about(key: string, value: string): Candidate | undefined {
  const found = candidateOf(value);
  const plainKey = key.replace(/`/g, '');
  const [question] = found?.questions ?? [];
  if (!found || question === undefined) return undefined;
  const isTopic = tokens(key).length <= 2 && !/^(?:rate|log|the)\b/i.test(key);
  if (!isTopic || question.includes(plainKey) || namesSomething(question)) return found;
  return { ...found, questions: [question.replace(/\?$/, ` for ${plainKey}?`)] };
}

function hasVerb(text: string): boolean {
  const list = tokens(text);
  return idiomOf(list) !== undefined || parseClause(list) !== undefined;
}

/** Whether a line is in words rather than code: a key, or a value, of several plain words. */
function isProse(line: string): boolean {
  if (
    /^(?:[A-Z_]{2,}|export|image|location|upstream|server|const|let|var|set|require|implementation|gem|final|static|public|private)\s|^[\d*]|--\w|[={}]/.test(
      line,
    )
  )
    return false;
  const [, key = '', value = ''] = /^(.*?):\s+(.*)$/.exec(line) ?? [];
  if (key === '') return /\s/.test(line) && !/^[a-z]+(?:_[a-z]+)+\s\S+$/.test(line);
  return /\s/.test(key) || (/\s/.test(value) && !/^["'[{]|^[\w.-]+:\s/.test(value) && !/[._]/.test(key));
}
