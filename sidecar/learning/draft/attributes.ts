import { readNounPhrase } from './nounPhrase';
import { isAddress, isDistinct, isName, kindOf } from './values';
import { withLists } from './lists';
import { isLead } from './phrases';
import { tagWords } from './tagging';
import { lowerThe, sentenceCase, whoOrWhat } from './questions';
import type { Candidate } from './candidate';
import { isWord, plainText, rawText, tokens, type Token } from './tokens';
import { verbOf } from './verbs';

const DETERMINER = /^(?:the|its|our|an?) /i;

const NO_NOUN =
  /^(?:who|what|when|where|why|how|which|is|are|was|can|has|have|does|do|if|ours|theirs|mine|yours|his|hers|we|you|they|it|i)$/;

/** What "key: value" says, where the key is in words: "Port of X", "X's port", "X" or "Port". */
export function keyedValue(key: string, value: string): Candidate | undefined {
  const bare = key.replace(/`|^\s*["']|["']\s*$/g, '').trim();
  const list = cut(withLists(tokens(value)));
  if (bare === '' || list.length === 0) return undefined;
  const named = readNounPhrase(list);
  const whole = rawText(list);
  const of =
    /^(?<r>.+?) (?:of|for) (?<s>.+)$/i.exec(bare)?.groups ?? /^(?<s>.+?)['’]s? (?<r>.+)$/.exec(bare)?.groups;
  const isValue = named.kind !== 'thing' && named.kind !== 'name' && named.kind !== 'nothing';
  const answer = isValue ? named.answer : whole;
  if (of) return { questions: [attributeQuestion(of.r ?? '', of.s ?? '', answer)], answer };
  const isTopic = tokens(bare).length === 1 && isName(tokens(bare)[0]);
  if (isTopic && named.kind === 'count')
    return { questions: [`How many ${named.noun ?? ''} does ${bare} have?`], answer };
  if (isTopic && named.noun !== undefined && isValue)
    return { questions: [attributeQuestion(named.noun, bare, answer)], answer };
  const measured = isTopic ? attributeAndValue(list) : undefined;
  if (measured)
    return { questions: [attributeQuestion(measured[0], bare, measured[1])], answer: measured[1] };
  return { questions: [plainQuestion(bare, answer)], answer };
}

/** "What is X?" in the words that suit the key and the value. */
export function plainQuestion(key: string, value: string): string {
  if (/^(?:who|what|where|when|how|which|why|whose)\s/i.test(key)) return `${sentenceCase(key)}?`;
  if (/^on[- ]call$/i.test(key)) return 'Who is on call?';
  if (/^\p{Lu}\p{Ll}+$/u.test(key) && isPluralWord(key)) {
    const plural = key.toLowerCase();
    if (isAddress(value)) return `Where are the ${plural}?`;
    return `${whoOrWhat(plural.replace(/s$/, ''))} are the ${plural}?`;
  }
  if (!/\s/.test(key))
    return isDistinct(tokens(key)[0]) || /^[A-Z]{3,}$/.test(key)
      ? `What is ${key} set to?`
      : `What is ${key}?`;
  const isPlainWord = /^(?:past|adjective)$/.test(tagWords(tokens(key))[0]?.form ?? '');
  const name = (isPlainWord ? lowerRole(key) : key).replace(DETERMINER, '');
  const is = isPluralWord(key) ? 'are' : 'is';
  return isAddress(value) ? `Where ${is} the ${name}?` : `${whoOrWhat(key)} ${is} the ${name}?`;
}

/** "Who is the owner of X?", "What is X written in?", "How many shards does X have?" */
export function attributeQuestion(attribute: string, subject: string, value = ''): string {
  const role = lowerRole(attribute).replace(DETERMINER, '');
  const s = lowerThe(subject);
  const [first = '', ...rest] = role.split(' ');
  if (/^on[- ]call/i.test(role))
    return `Who is on call for ${[s, ...rest.slice(/^on-call/i.test(role) ? 0 : 1)].join(' ')}?`;
  if (verbOf(first, 'participle') && !verbOf(first, 'base') && (rest.length > 0 || first.endsWith('ed'))) {
    if (rest[0] === 'by' && rest.length === 1 && /^(?:own|maintain|lead|manage|review|approv)/.test(first))
      return `Who is ${s} ${role}?`;
    if (rest.length === 1 && /^(?:until|since)$/.test(rest[0] ?? ''))
      return `${sentenceCase(rest[0] ?? '')} when is ${s} ${first}?`;
    if (kindOf(value) === 'time' && rest.length === 0) return `When was ${s} ${role}?`;
    if (rest.length > 0 && /^(?:in|by|with|on|from|at|to|under|as|for)$/.test(rest.at(-1) ?? ''))
      return `What is ${s} ${role}?`;
  }
  const verb = verbOf(first, 'third');
  const object = rest.length === 0 || /^(?:on|in|at|to|from|with|by|as)$/.test(rest.join(' '));
  if (verb && object && !isNounToo(first)) return `What does ${[s, verb.base, ...rest].join(' ')}?`;
  const plural = isPluralWord(role);
  if (plural && /^\d[\d.,]*$/.test(value)) return `How many ${role} does ${s} have?`;
  return `${whoOrWhat(role)} ${plural ? 'are' : 'is'} the ${role} of ${s}?`;
}

/** The question of a table's cell by its heading; a heading that is no noun is quoted. */
export function columnQuestion(heading: string, subject: string, value: string): string {
  const role = lowerRole(heading);
  const [first = '', ...rest] = role.split(' ');
  const isVerb = verbOf(first, 'third') !== undefined && !isNounToo(first);
  const isPassive = verbOf(first, 'participle') !== undefined && rest.length === 1;
  const form = rest.length > 0 ? undefined : tagWords(tokens(role))[0]?.form;
  if (/\d\.\d/.test(value) && form === 'past') return `Which version of ${lowerThe(subject)} is ${role}?`;
  if (/\d\.\d/.test(value) && form === 'adjective')
    return `What is the ${role} version of ${lowerThe(subject)}?`;
  return isNoun(role) || isVerb || isPassive
    ? attributeQuestion(role, subject, value)
    : `What is "${heading}" for ${lowerThe(subject)}?`;
}

/** Whether words name an attribute, as opposed to "installed", "latest", "from" or "who". */
export function isNoun(text: string): boolean {
  const list = tagWords(tokens(text));
  const last = list.at(-1);
  if (list.length === 1 && isDistinct(last)) return true;
  const isOther =
    last?.form !== undefined && !/^(?:base|third|gerund)$/.test(last.form) && !/(?:name|id)$/.test(last.text);
  return !isOther && !list.some((token) => isLead(token) || isWord(token, NO_NOUN)) && !isLead(last);
}

/** "Who is the founder of X?", "Who is the CEO of X?" of "the founder and CEO of X". */
export function roleQuestions(text: string, auxiliary: string): string[] | undefined {
  const [, roles, subject] = /^(?:the|our) ([^,]+?) (?:of|at|for) (.+)$/.exec(text) ?? [];
  if (roles === undefined || subject === undefined) return undefined;
  const is = /^(?:was|were|will)$/.test(auxiliary) ? 'was' : 'is';
  return roles
    .split(/\s+and\s+(?:the\s+)?/)
    .map((role) => attributeQuestion(role, subject).replace(/^(Who|What) is\b/, `$1 ${is}`));
}

/** A heading or key in running text: its words in lower case unless they are acronyms or names. */
export function lowerRole(text: string): string {
  return text.replace(/^\p{Lu}\p{Ll}+(?=\s+[^\p{Lu}]|\s+\p{Lu}{2}|$)/u, (word) => word.toLowerCase());
}

/** Up to the first comma; an aside goes if something else is left. */
function cut(list: readonly Token[]): Token[] {
  const isList =
    list.some(({ kind }) => kind === 'mark') && list.some((token) => isWord(token, /^(?:and|or)$/));
  const areNames = list.filter(({ kind }) => kind === 'mark').length > 1 && list.every(isListed);
  if ((isList || areNames) && list.length < 12) return list.filter(({ kind }) => kind !== 'aside');
  const end = list.findIndex((token, n) => n > 0 && token.kind === 'mark');
  const kept = list.slice(0, end < 0 ? undefined : end);
  const words = kept.filter(({ kind }) => kind !== 'aside');
  return words.length > 0 ? words : kept;
}

/** Whether a token may stand in a mere list: "H. Nakamura, B. Osei", "w, x, y". */
function isListed(token: Token): boolean {
  return token.text === ',' || token.kind === 'aside' || isName(token) || /^\p{L}$/u.test(token.text);
}

/** "max. payload 512 KB": an attribute and its value in one. */
function attributeAndValue(list: readonly Token[]): [string, string] | undefined {
  const at = list.findIndex((token, n) => n > 0 && (/^[\d€$£]/.test(token.text) || isDistinct(token)));
  const isOther = (token: Token): boolean =>
    token.kind === 'joint' || isWord(token, /^(?:is|are|of|the|a|an)$/) || isName(token);
  if (at < 1 || list.slice(0, at).some(isOther)) return undefined;
  return [plainText(list.slice(0, at)), readNounPhrase(list.slice(at)).answer];
}

function isPluralWord(text: string): boolean {
  return (
    /[^su'’i]s$/.test(text.split(/\s+(?:of|for|in|per)\s+/)[0] ?? '') &&
    !/(?:alias|bus|status|DNS|TLS|OS|CSS|JS|HTTPS|AWS|analysis)$/i.test(text)
  );
}

/** Third persons that are more often plural nouns when they head a column. */
function isNounToo(word: string): boolean {
  return !/^(?:depends|runs|uses|returns|requires|needs|reads|writes|replaces|throws|listens|supports|stores|lives|belongs|expires|means|accepts|emits|holds|starts|sends|defaults)$/.test(
    word,
  );
}
