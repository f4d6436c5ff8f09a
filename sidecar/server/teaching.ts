import { factId } from '../facts/id';
import { oneLine } from '../learning/answers';
import { cleanStatement } from '../learning/draft/clean';
import type { Contradiction } from '../learning/contradiction';
import type { Taught } from '../learning/teach';
import type { Fact, TeachReport } from '../protocol';
import type { Params } from './handlers';

/** The fact that a request to teach describes: its texts cleaned, its id from what it says. */
export function newFact({ statement, questions, answer, source, scope }: Params<'teach'>): Fact {
  const content = {
    statement: cleanStatement(statement),
    questions: [...new Set(questions.map(oneLine).filter((question) => question !== ''))],
    answer: oneLine(answer),
    scope,
  };
  const taughtAt = new Date().toISOString();
  return { id: factId(content), ...content, ...(source && { source }), enabled: true, taughtAt };
}

/** How a teaching ended, but for the fact as stored and the time it took. */
export function reportOf(taught: Taught): Omit<TeachReport, 'fact' | 'ms'> {
  const { learned, answers, reason, conflict, disturbed, changedControls } = taught;
  return {
    learned,
    answers,
    disturbed,
    changedControls,
    ...(reason !== undefined && { reason }),
    ...(conflict && { conflict: conflictOf(conflict) }),
  };
}

function conflictOf({ question, fact }: Contradiction): TeachReport['conflict'] {
  return { factId: fact.id, question, statement: fact.statement, answer: fact.answer };
}
