import { keyedValue } from './attributes';
import { settingCandidate } from './config';
import { docTagCandidate } from './docTags';
import { idiomOf } from './idioms';
import { withTraits, type Candidate, type Proposal } from './candidate';
import { LABEL, sentenceProposals } from './sentences';
import { tokens } from './tokens';
import { parseClause } from './clause';
import { isMeasure, isName, kindOf } from './values';
import { namesSomething } from './rank';
import { verbOf } from './verbs';

/** A comment that trails code. */
const TRAILING_COMMENT =
  /^(?<code>\S.*?\S)\s+(?:\/\/|\/\*|#(?=\s)|--(?=\s)|;(?=\s))\s*(?<comment>[^*]+?)\s*(?:\*\/)?$/u;

/** "Q: … A: …" */
const QUESTION_ANSWER = /^(?:q|question)\s*[:.]\s*(?<q>.+\?)\s*(?:a|answer)\s*[:.]\s*(?<a>.+)$/iu;

/** "Name (key: value)" */
const ASIDE = /^(?<s>[^():]{1,60}?)\s*\((?<k>[^():,]{1,30}):\s*(?<v>[^()]+)\)(?:\.|\s[–—-]\s.*)?$/u;

/** "Key: value", "key → value" in words. */
const KEYED = /^(?<k>(?:[^:→()]|\((?:[^()]*\))?){1,70}?)\s*(?::|→|->|=>|—|–|\s=)\s+(?<v>\S.*)$/u;

/** "Do not call X: it blocks": what stands before the colon tells what to do, it is no key. */
const COMMAND = /^(?:do not|don't|never|always|please) /i;

/** "Three backends are supported", before what they are. */
const COUNTED =
  /^(?:only )?(?:two|three|four|five|six|seven|eight|\d+|the following) (?<s>\p{L}[\p{L} -]*?s (?:(?:are|were) \p{L}+|exist))$/iu;

/** What a key-value line, with or without a trailing comment, or a question with its answer, says. */
export function notationProposals(line: string): Proposal[] {
  const pair = QUESTION_ANSWER.exec(line)?.groups;
  if (pair)
    return [{ questions: [pair.q ?? ''], answer: (pair.a ?? '').trim(), traits: ['question and answer'] }];
  const aside = ASIDE.exec(line)?.groups;
  if (aside && !hasVerb(aside.s ?? ''))
    return proposed(keyedValue(`${aside.k ?? ''} of ${aside.s ?? ''}`, aside.v ?? ''), 'keyed');
  const tag = docTagCandidate(line);
  if (tag) return proposed(tag, 'tag');
  const { code, comment } = divided(line);
  const setting = isProse(code) ? undefined : settingCandidate(code);
  const found = setting ? proposed(setting, 'setting') : keyed(code);
  return comment === undefined ? found : found.map((each) => withRemark(each, comment));
}

function proposed(candidate: Candidate | undefined, trait: string): Proposal[] {
  return candidate ? [{ ...candidate, traits: [trait] }] : [];
}

/** The comment that trails a line of code, if there is one. */
export function trailingComment(line: string): string | undefined {
  return divided(line).comment;
}

/** A line's code and the comment that trails it; a semicolon in prose begins none. */
function divided(line: string): { code: string; comment?: string | undefined } {
  const { code = line, comment } = TRAILING_COMMENT.exec(line)?.groups ?? {};
  const isProseMark = /^\s*;/.test(line.slice(code.length)) && isProse(code);
  return isProseMark ? { code: line } : { code, comment };
}

/** A short remark behind a setting tells what it is for: "port: 80 # for the proxy". */
function withRemark(found: Proposal, remark: string): Proposal {
  const [question = '', ...others] = found.questions;
  const words = remark.split(' ').length;
  const isShort = words < 6 && !isMeasure(`1 ${remark}`) && !remark.includes(found.answer);
  if (kindOf(remark) === 'time' || (words > 2 && hasVerb(remark)) || question.startsWith('When'))
    return found;
  if (!isShort) return found;
  const narrowed = /^(?:for|of|in|on|by|at) /.test(remark) ? remark : `for ${remark}`;
  return { ...found, questions: [question.replace(/\?$/, ` ${narrowed}?`), question, ...others] };
}

/** "Key: value" in words, where the value may be a sentence about the key. */
function keyed(line: string): Proposal[] {
  const groups = KEYED.exec(line.replace(/[.;]$/, ''))?.groups;
  const key = groups?.k?.trim() ?? '';
  const value = groups?.v ?? '';
  const counted = COUNTED.exec(key)?.groups;
  if (counted && value.includes(' '))
    return [{ questions: [`Which ${counted.s ?? ''}?`], answer: value, traits: ['keyed'] }];
  if (
    key === '' ||
    COMMAND.test(key) ||
    LABEL.test(`${key}: `) ||
    (parseClause(tokens(key))?.subject.length ?? 0) > 0
  )
    return [];
  const [first] = tokens(value);
  if (first?.kind === 'word' && verbOf(first.text, 'participle') && !verbOf(first.text, 'base'))
    return sentenceProposals(`${key} ${/\b(?:19|20)\d\d\b/.test(value) ? 'was' : 'is'} ${value}`);
  const isElided =
    first?.kind === 'word' &&
    verbOf(first.text, /[^su'’]s$/.test(key) ? 'base' : 'third') &&
    tokens(value).length > 1;
  const hasNone = parseClause(tokens(value))?.subject.length === 0;
  const elided =
    isElided && hasNone && !/^(?:the|an?|our) /i.test(key) ? sentenceProposals(`${key} ${value}`) : [];
  if (elided.length > 0) return elided;
  if (hasVerb(value)) return sentenceProposals(value).map((each) => about(key, value, each));
  const quoted = /^(?<a>"[^"]+") for (?<s>.+)$/.exec(value)?.groups;
  if (quoted) return proposed(keyedValue(`${key} for ${quoted.s ?? ''}`, quoted.a ?? ''), 'keyed');
  return proposed(keyedValue(key, value), 'keyed');
}

/** A sentence under a key: the key is named in the question. */
function about(key: string, value: string, found: Proposal): Proposal {
  const plainKey = key.replace(/`/g, '');
  const [question = ''] = found.questions;
  const isTopic = tokens(key).length <= 2 && !/^(?:rate|log|the)\b/i.test(key);
  const isNamed =
    tokens(key).length === 1 && isName(tokens(key)[0]) && parseClause(tokens(value))?.subject.length === 0;
  if (
    !isTopic ||
    question.includes(plainKey) ||
    (!isNamed && namesSomething(question.replace(found.answer.split(' ')[0] ?? '', '')))
  )
    return found;
  return { ...withTraits(found, 'under key'), questions: [question.replace(/\?$/, ` for ${plainKey}?`)] };
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
  if (/^[^\s:]+ [^:]*;$/.test(line)) return false;
  const [, word = ''] = /^([\w.:-]+)\s+["'/\d]\S*$/.exec(line) ?? [];
  if (word !== '' && !/^\p{Lu}?\p{Ll}+$/u.test(word)) return false;
  if (word !== '' && !verbOf(word) && /^\p{Ll}/u.test(word)) return false;
  const [, key = '', value = ''] = /^(.*?):\s+(.*)$/.exec(line) ?? [];
  if (key === '') return /\s/.test(line) && !/^[a-z]+(?:_[a-z]+)+\s\S+(?: \S+)?;?$/.test(line);
  if (/\s/.test(key)) return true;
  const isWords = /\s/.test(value) && !/^["'[{]|^[\w.-]+:\s/.test(value);
  return isWords && (!/[._]/.test(key) || hasVerb(value));
}
