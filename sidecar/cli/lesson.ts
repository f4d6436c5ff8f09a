import { questionKey, sameAnswer } from '../learning/answers';
import type { Draft } from '../protocol';
import { UsageError } from './options';

/** Questions, and the answer that they have. */
export type Lesson = Pick<Draft, 'questions' | 'answer'>;

/**
 * What is taught of a statement: what is given, else what was drafted. An answer belongs to its question, so that
 * where one of the two is given the other is of the same suggestion.
 * @throws UsageError if no suggestion has what is given
 */
export function lessonOf(draft: Draft, given: Partial<Lesson> & Pick<Lesson, 'questions'>): Lesson {
  const { questions, answer } = given;
  if (answer !== undefined && questions.length > 0) return { questions, answer };
  const offers = [draft, ...draft.others];
  const fitting = answer === undefined ? offerAsking(questions, offers) : offerOf(answer, offers);
  if (!fitting) {
    throw new UsageError(
      answer === undefined
        ? `No suggestion answers "${questions.join(' ')}". Pass the answer with -a.`
        : `No suggestion has the answer "${answer}". Pass the question with -q.`,
    );
  }
  return {
    questions: questions.length > 0 ? questions : fitting.questions,
    answer: answer ?? fitting.answer,
  };
}

/** The one that asks some of these questions, if no other does; where there is but one, that. */
function offerAsking(questions: readonly string[], offers: readonly Lesson[]): Lesson | undefined {
  const [draft, ...others] = offers;
  if (questions.length === 0 || others.length === 0) return draft;
  const keys = new Set(questions.map(questionKey));
  const asking = offers.filter((offer) =>
    offer.questions.some((question) => keys.has(questionKey(question))),
  );
  return asking.length === 1 ? asking[0] : undefined;
}

function offerOf(answer: string, offers: readonly Lesson[]): Lesson | undefined {
  return offers.find((offer) => sameAnswer(offer.answer, answer));
}
