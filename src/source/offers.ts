import { isSpan, questionKey, sameAnswer } from '../../sidecar/learning/answers';
import { cleanStatement } from '../../sidecar/learning/draft/clean';
import type { Draft, Fact } from '../../sidecar/protocol';
import type { Line, Selected } from './selection';

/** A text and what was drafted of it. */
export interface Offer {
  readonly selected: Selected;
  /** What is highlighted of it. */
  readonly text: string;
  readonly draft: Draft;
  /** Whether it is a guess what the text is. */
  readonly isGuess?: boolean;
}

/** What a cell may answer without a word. */
const TELLING = /[\p{L}\p{N}✓✗✅❌]/u;

/** What a draft says of a line: one fact, or of a table's row each cell's. Of a text without a known form it says nothing. */
export function offersOf({ row, text, isGuess, ...selected }: Line, draft: Draft): Offer[] {
  if (draft.from === 'fallback') return [];
  const own = cleanStatement(row ?? text);
  const said = [draft, ...draft.others].filter(({ answer }) => TELLING.test(answer) && isSpan(answer, own));
  return (row === undefined ? said.slice(0, 1) : said).map(({ questions, answer }) => ({
    selected,
    text,
    draft: { ...draft, questions, answer },
    isGuess,
  }));
}

/** The first of those that would be the same fact. */
export function distinctOffers(offers: readonly Offer[]): Offer[] {
  const keyOf = ({ draft: { statement, questions, answer } }: Offer): string =>
    JSON.stringify([statement, questions, answer]);
  const firsts = new Map<string, Offer>();
  for (const offer of offers) if (!firsts.has(keyOf(offer))) firsts.set(keyOf(offer), offer);
  return [...firsts.values()];
}

/** Those that no enabled fact asks and answers alike. */
export function unknownOffers(
  offers: readonly Offer[],
  facts: readonly Pick<Fact, 'questions' | 'answer' | 'enabled'>[],
): Offer[] {
  const answers = new Map<string, string[]>();
  for (const { questions, answer, enabled } of facts) {
    for (const key of enabled ? questions.map(questionKey) : [])
      answers.set(key, [...(answers.get(key) ?? []), answer]);
  }
  const isKnown = ({ draft: { questions, answer } }: Offer): boolean =>
    questions.some((each) => answers.get(questionKey(each))?.some((other) => sameAnswer(other, answer)));
  return offers.filter((offer) => !isKnown(offer));
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
