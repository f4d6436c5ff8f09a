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
  const keys = new Set(questions.map(questionKey));
  const fitting = [draft, ...draft.others].find((offer) =>
    answer === undefined
      ? keys.size === 0 || offer.questions.some((question) => keys.has(questionKey(question)))
      : sameAnswer(offer.answer, answer),
  );
  if (!fitting) {
    throw new UsageError(
      answer === undefined
        ? `The answer to "${questions.join(' ')}" is not known: give it with -a.`
        : `The question that "${answer}" answers is not known: give it with -q.`,
    );
  }
  return {
    questions: questions.length > 0 ? questions : fitting.questions,
    answer: answer ?? fitting.answer,
  };
}
