import { parseClause } from './clause';
import type { Proposal } from './candidate';
import { findVerb } from './finiteVerb';
import { phraseAnswers } from './phraseAnswers';
import type { Phrase } from './phrases';
import { isWord, textOf, type Token } from './tokens';
import { resolve } from './topic';

/** "Safari fires blur first, so we listen for mousedown", "…, since it is broken": why is it so? */
export function why(list: readonly Token[], topic: string | undefined): Proposal[] {
  const at = list.findIndex(
    (token, n) => n > 1 && isWord(token, /^(?:so|since|because|as)$/) && textOf(list[n - 1]) === ',',
  );
  if (at < 0 || isWord(list[at + 1], /^that$/)) return [];
  const stops = (n: number): boolean => list[n]?.kind === 'mark' && /^[;:—–.]$/.test(textOf(list[n]));
  const end = list.findIndex((_, n) => n > at && stops(n));
  const start = list.findLastIndex((_, n) => n < at && stops(n));
  const before = list.slice(start + 1, at - 1);
  const after = list.slice(at + 1, end < 0 ? undefined : end);
  const [cause, effect] = isWord(list[at], /^so$/) ? [before, after] : [after, before];
  const clause = parseClause(effect);
  const resolved = clause && findVerb(cause) !== undefined ? resolve(clause, topic) : undefined;
  if (!resolved) return [];
  const phrase: Phrase = { role: 'sub', lead: 'because', tokens: cause };
  return phraseAnswers({ ...resolved, phrases: [...resolved.phrases, phrase] })
    .filter(({ traits }) => traits.includes('lead=because'))
    .map((each) => ({ ...each, traits: ['why'] }));
}
