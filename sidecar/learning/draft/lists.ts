import { isSpan } from '../answers';
import { isLead } from './phrases';
import { isWord, rawText, type Token } from './tokens';
import { isName, isNumber } from './values';
import { ADVERB, AUXILIARY } from './verbGroup';

/** An item of a list has at most so many words; what is longer is a clause. */
const MAX_ITEM = 5;
const CONJUNCTION = /^(?:and|or)$/;
/** No item begins with these: a clause does. */
const OPENS_CLAUSE =
  /^(?:we|you|they|i|it|he|she|its|there|so|but|yet|not|nor|never|which|who|whose|that|where|instead|otherwise|please|also|always|only|even|usually|roughly|about|newer|older|later|earlier|higher|lower|greater|more|less|up|above|below|back|down|out|off)$/;

/** Notes which commas and conjunctions of a sentence join the items of a list: they divide no clause. */
export function withLists(list: readonly Token[]): Token[] {
  const joints = new Set<number>();
  list.forEach((token, n) => {
    if (joints.has(n)) return;
    const found = isComma(token) ? listFrom(list, n) : isPair(list, n) ? [n] : [];
    for (const joint of found) joints.add(joint);
  });
  return list.map((token, n) => (joints.has(n) ? { ...token, kind: 'joint' } : token));
}

/** Whether an answer is some items of a list but not all of them: what stands next to it joins it to others. */
export function cutsList(answer: string, list: readonly Token[]): boolean {
  const text = rawText(list);
  return list.some((token, n) => {
    if (token.kind !== 'joint') return false;
    const [before, after] = [rawText(list.slice(0, n)), text.slice(rawText(list.slice(0, n + 1)).length + 1)];
    const ends = before.endsWith(answer) && isSpan(answer, before.slice(-answer.length - 1));
    return ends || (after.startsWith(answer) && isSpan(answer, after.slice(0, answer.length + 1)));
  });
}

/** What joins the items of the list whose first comma stands at `at`; empty if it is none. */
function listFrom(list: readonly Token[], at: number): number[] {
  const [first] = list;
  const isFirst = !list.slice(0, at).some(isComma);
  // "For X, Y and Z": the comma ends what stands before the subject.
  if (isFirst && (isLead(first) || isWord(first, ADVERB))) return [];
  const joints: number[] = [];
  for (let [comma, commas] = [at, 1]; ; commas++) {
    joints.push(comma);
    const isLast = isWord(list[comma + 1], CONJUNCTION);
    const isLater = isWord(list[comma + 1], /^then$/);
    if (isLast || isLater) joints.push(comma + 1);
    const start = comma + 1 + (isLast || isLater ? 1 : 0);
    const length = itemLength(list.slice(start));
    if (length === 0) return [];
    const next = list[start + length];
    if (isLast) return commas > 1 && endsList(next) ? joints : [];
    if (isWord(next, CONJUNCTION)) {
      const last = itemLength(list.slice(start + length + 1));
      return last > 0 && endsList(list[start + length + 1 + last]) ? [...joints, start + length] : [];
    }
    if (!isComma(next)) return commas > 1 && isName(list[start + length - 1]) && endsList(next) ? joints : [];
    comma = start + length;
  }
}

/** Two names, numbers or the like, the second of which may be a plain noun, as opposed to two clauses. */
function isPair(list: readonly Token[], at: number): boolean {
  if (!isWord(list[at], CONJUNCTION)) return false;
  const [before, after] = [list[at - 1], list[at + 1]];
  const isValue = (token: Token | undefined): boolean =>
    isName(token) || (token !== undefined && isNumber(token.text));
  const length = itemLength(list.slice(at + 1));
  const isNoun = length === 1 && after !== undefined && !isVerb(after, 0);
  return isValue(before) && (isValue(after) || isNoun) && length > 0 && endsList(list[at + 1 + length]);
}

/** How many tokens the item that a list goes on with has; 0 if none is there. */
function itemLength(list: readonly Token[]): number {
  const end = list.findIndex(
    (token) =>
      token.kind === 'mark' || isLead(token) || isWord(token, AUXILIARY) || isWord(token, CONJUNCTION),
  );
  const item = list.slice(0, end < 0 ? undefined : end);
  const isClause = item.some(
    (token, n) => isWord(token, OPENS_CLAUSE) || (item.length > 1 && isVerb(token, n)),
  );
  return isClause || item.length > MAX_ITEM ? 0 : item.length;
}

function isVerb({ kind, form }: Token, n: number): boolean {
  return kind === 'word' && (form === 'third' || (n === 0 && (form === 'base' || form === 'past')));
}

/** Whether a list may end before a token: at the end of its clause, or before a phrase or a verb that it is the subject of. */
function endsList(next: Token | undefined): boolean {
  return next?.kind !== 'word' || isLead(next) || isWord(next, AUXILIARY);
}

function isComma(token: Token | undefined): boolean {
  return token?.kind === 'mark' && token.text === ',';
}
