import type { Proposal } from './candidate';
import { findVerb } from './finiteVerb';
import { readNounPhrase, type Reading } from './nounPhrase';
import { CHOOSING, isLead, isRange } from './phrases';
import { asMine, lowerThe, sentenceCase } from './questions';
import { isWord, plainText, rawText, textOf, type Token } from './tokens';
import { isFullName, isMeasure, isName } from './values';
import { AUXILIARY } from './verbGroup';

const DETERMINER = /^(?:the|an?|our|its|each|every)$/;
const CONTRAST = /^(?:not|never|except|unlike|without|instead of|rather than)$/;
const MODAL = /^(?:will|would|can|could|may|might|must|shall|should|cannot|do|does|did)$/;

/** A piece of a clause that may be asked for, and the words to ask with in its place. */
interface Span {
  start: number;
  end: number;
  answer: string;
  word: string;
  kind: Reading['kind'];
}

/** "Marlowe listens on which port?": each value of a clause, asked for where it stands. */
export function echoes(list: readonly Token[]): Proposal[] {
  const isProse = list.every(({ kind, text }) => kind !== 'word' || /[\p{L}\p{N}]/u.test(text));
  if (!isProse || !list.some((token, n) => n > 0 && isVerb(token))) return [];
  const verb = findVerb(list) ?? 0;
  return chunks(list, verb)
    .filter(
      ([start]) =>
        !isWord(list[start - 1], CONTRAST) && !isPassedOver(list, start) && !isPredicate(list, start),
    )
    .flatMap(([start, end]) => spansOf(list, start, end))
    .filter(
      ({ start, end, kind }) =>
        end > verb || /^(?:amount|duration)$/.test(kind) || namesOutside(list, start, end),
    )
    .map((span) => ({
      questions: [question(list, span)],
      answer: span.answer,
      traits: ['echo', `kind=${span.kind}`, ...(span.end <= verb ? ['place=subject'] : [])],
    }));
}

/** "We chose Terraform over Pulumi": whether a piece is what was not chosen. */
function isPassedOver(list: readonly Token[], start: number): boolean {
  return isWord(list[start - 1], /^over$/) && list.slice(0, start).some((token) => isWord(token, CHOOSING));
}

/** "May go unnoticed", "and continue to …": whether a piece begins with the verb. */
function isPredicate(list: readonly Token[], start: number): boolean {
  return start > 0 && (list[start]?.form === 'base' || isWord(list[start - 1], MODAL));
}

/** The clause with the span asked for; what follows the next punctuation, or is not so, is left out. */
function question(list: readonly Token[], { start, end, word }: Span): string {
  const stop = list.findIndex(
    (token, n) => n >= end && (token.kind === 'mark' || isWord(token, CONTRAST) || isPassedOver(list, n + 1)),
  );
  const text = [
    lowerThe(plainText(list.slice(0, start))),
    word,
    plainText(list.slice(end, stop < 0 ? undefined : stop)),
  ].join(' ');
  return `${sentenceCase(asMine(text.replace(/\s+/g, ' ').trim()))}?`;
}

/** Whether a clause has a name besides a piece of it. */
function namesOutside(list: readonly Token[], start: number, end: number): boolean {
  return list.some((token, n) => (n < start || n >= end) && n > 0 && isName(token));
}

function isVerb(token: Token): boolean {
  return (
    isWord(token, AUXILIARY) || (token.kind === 'word' && /^(?:base|third|past)$/.test(token.form ?? ''))
  );
}

/** Where the runs of words between verbs, prepositions, conjunctions and punctuation begin and end. */
function chunks(list: readonly Token[], verb: number): [number, number][] {
  const found: [number, number][] = [];
  let start = 0;
  list.forEach((token, n) => {
    const isBreak =
      token.kind === 'mark' ||
      token.kind === 'aside' ||
      (isLead(token) && !isRange(list, n)) ||
      isWord(token, AUXILIARY) ||
      isWord(token, /^(?:and|or|but)$/) ||
      isWord(token, CONTRAST) ||
      (n > 0 && n === verb) ||
      token.form === 'third' ||
      token.form === 'past';
    if (!isBreak) return;
    if (n > start) found.push([start, n]);
    start = n + 1;
  });
  if (list.length > start) found.push([start, list.length]);
  return found;
}

/** The value that a chunk names, and the names in it; no word that asks goes behind an article. */
function spansOf(list: readonly Token[], start: number, end: number): Span[] {
  const chunk = list.slice(start, end);
  const reading = readNounPhrase(chunk);
  const whole = spanOf(list, start, end, reading);
  if (whole && (isName(chunk[0]) || isWord(chunk[0], DETERMINER))) return [whole];
  const names = nameRuns(list, start, end)
    .filter(([from]) => !isWord(list[from - 1], DETERMINER))
    .map(([from, to]): Span => {
      const isAttribute = to < end && list[to]?.kind === 'word' && !isWord(list[to], /^of$/);
      const answer = rawText(list.slice(from, to));
      return { start: from, end: to, answer, word: isAttribute ? 'which' : whoOrWhat(answer), kind: 'name' };
    })
    .filter(({ answer }) => answer !== whole?.answer);
  return [...(whole ? [whole] : []), ...names];
}

function spanOf(list: readonly Token[], start: number, end: number, reading: Reading): Span | undefined {
  const { kind, answer, noun } = reading;
  if (kind === 'nothing') return undefined;
  for (let from = start; from < end; from++)
    for (let to = end; to > from; to--) {
      if (rawText(list.slice(from, to)) !== answer) continue;
      if (kind === 'count') return { start: from, end: to, answer, word: 'how many', kind };
      if (noun === undefined || kind === 'thing')
        return { start: from, end: to, answer, word: whoOrWhat(answer), kind };
      const word = kind === 'amount' ? `how much ${noun}` : `which ${noun}`;
      return { start, end, answer, word, kind };
    }
  return undefined;
}

function whoOrWhat(answer: string): string {
  return isFullName(answer) ? 'who' : 'what';
}

/** Names of one word or several. */
function nameRuns(list: readonly Token[], start: number, end: number): [number, number][] {
  const runs: [number, number][] = [];
  for (let n = start; n < end; n++) {
    const last = runs.at(-1);
    const isUnit = n > 0 && isMeasure(`${textOf(list[n - 1])} ${textOf(list[n])}`);
    if (!isName(list[n]) || isUnit || /['’]s?$/.test(textOf(list[n]))) continue;
    if (last?.[1] === n) last[1]++;
    else runs.push([n, n + 1]);
  }
  return runs;
}
