import { isSpan, questionKey, sameAnswer } from '../../sidecar/learning/answers';
import { cleanStatement } from '../../sidecar/learning/draft/clean';
import type { Draft } from '../../sidecar/protocol';
import type { Line, Selected } from './selection';

/** A text and what was drafted of it. */
export interface Offer {
  readonly selected: Selected;
  /** What is highlighted of it. */
  readonly text: string;
  readonly draft: Draft;
}

/** What a draft says of a line: one fact, or of a table's row each cell's. */
export function offersOf({ isRow, text, ...selected }: Line, draft: Draft): Offer[] {
  const own = cleanStatement(text);
  return (isRow ? [draft, ...draft.others] : [draft])
    .filter(({ answer }) => answer !== '' && isSpan(answer, own) && !isAll(answer, draft.statement))
    .map(({ questions, answer }) => ({ selected, text, draft: { ...draft, questions, answer } }));
}

/** Whether an answer is all that a text says: such a text is a mere heading. */
function isAll(answer: string, statement: string): boolean {
  return sameAnswer(withoutAside(answer), withoutAside(statement));
}

/** A text without an aside and marks at its ends. */
function withoutAside(text: string): string {
  return text
    .replace(/[\s;,.]+$/, '')
    .replace(/\s+\([^()]*\)$/, '')
    .replace(/^["'\s]+|["'\s;,.]+$/g, '');
}

/** The first of those that would be the same fact. */
export function distinctOffers(offers: readonly Offer[]): Offer[] {
  const keyOf = ({ draft: { statement, questions, answer } }: Offer): string =>
    JSON.stringify([statement, questions, answer]);
  const firsts = new Map<string, Offer>();
  for (const offer of offers) if (!firsts.has(keyOf(offer))) firsts.set(keyOf(offer), offer);
  return [...firsts.values()];
}

/** Those that ask what another one asks too, and answer it differently: at most one of them can be learned. */
export function rivalsOf(offers: readonly Offer[]): Set<Offer> {
  const asking = new Map<string, Offer[]>();
  for (const offer of offers) {
    for (const question of offer.draft.questions) {
      const key = questionKey(question);
      asking.set(key, [...(asking.get(key) ?? []), offer]);
    }
  }
  const differ = ([first, ...others]: readonly Offer[]): boolean =>
    others.some(({ draft }) => !sameAnswer(draft.answer, first?.draft.answer ?? ''));
  return new Set([...asking.values()].filter(differ).flat());
}
