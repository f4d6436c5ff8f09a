import { keyedValue } from './attributes';
import { settingCandidate } from './config';
import { docTagCandidate } from './docTags';
import { idiomOf } from './idioms';
import type { Candidate } from './candidate';
import { namesSomething } from './phraseAnswers';
import { candidateOf, LABEL } from './sentences';
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
  const { code = line, comment } = TRAILING_COMMENT.exec(line)?.groups ?? {};
  const found = isProse(code) ? keyed(code) : (settingCandidate(code) ?? keyed(code));
  return found && comment !== undefined ? withRemark(found, comment) : found;
}

/** The comment that trails a line of code, if there is one. */
export function trailingComment(line: string): string | undefined {
  return TRAILING_COMMENT.exec(line)?.groups?.comment;
}

/** A short remark behind a setting tells what it is for: "port: 80 # for the proxy". */
function withRemark(found: Candidate, remark: string): Candidate {
  const [question = '', ...others] = found.questions;
  const isShort = remark.split(' ').length < 6 && !hasVerb(remark) && !remark.includes(found.answer);
  if (!isShort) return found;
  const narrowed = /^(?:for|of|in|on|by|at) /.test(remark) ? remark : `for ${remark}`;
  return { ...found, questions: [question.replace(/\?$/, ` ${narrowed}?`), question, ...others] };
}

/** "Key: value" in words, where the value may be a sentence about the key. */
function keyed(line: string): Candidate | undefined {
  const groups = KEYED.exec(line.replace(/[.;]$/, ''))?.groups;
  const key = groups?.k?.trim() ?? '';
  const value = groups?.v ?? '';
  if (key === '' || LABEL.test(`${key}: `) || (parseClause(tokens(key))?.subject.length ?? 0) > 0)
    return undefined;
  const [first] = tokens(value);
  if (first?.kind === 'word' && verbOf(first.text, 'participle') && !verbOf(first.text, 'base'))
    return candidateOf(`${key} ${/\b(?:19|20)\d\d\b/.test(value) ? 'was' : 'is'} ${value}`);
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
  if (
    !isTopic ||
    question.includes(plainKey) ||
    namesSomething(question.replace(found.answer.split(' ')[0] ?? '', ''))
  )
    return found;
  return { ...found, questions: [question.replace(/\?$/, ` for ${plainKey}?`)] };
}

function hasVerb(text: string): boolean {
  const list = tokens(text);
  return idiomOf(list) !== undefined || parseClause(list) !== undefined;
}

/** Whether a line is in words rather than code: a key, or a value, of several plain words. */
function isProse(line: string): boolean {
  if (
    /^#|^(?:[A-Z_]{2,}|export|image|location|upstream|server|const|let|var|set|require|implementation|gem|final|static|public|private)\s|^[\d*]|--\w|[={}]/.test(
      line,
    )
  )
    return false;
  const [, key = '', value = ''] = /^(.*?):\s+(.*)$/.exec(line) ?? [];
  if (key === '') return /\s/.test(line) && !/^[a-z]+(?:_[a-z]+)+\s\S+(?: \S+)?;?$/.test(line);
  if (/\s/.test(key)) return true;
  const isWords = /\s/.test(value) && !/^["'[{]|^[\w.-]+:\s/.test(value);
  return isWords && (!/[._]/.test(key) || hasVerb(value));
}
