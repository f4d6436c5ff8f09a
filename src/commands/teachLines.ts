import type { SidecarClient } from '../client';
import { isCancellation, messageOf, UserError, type Messages } from '../errors';
import { withDelayedProgress } from '../input/delayedProgress';
import { pickLessons } from '../input/pickLessons';
import type { Offer } from '../source/offers';
import { readLines } from '../source/selection';
import { clip } from '../source/statement';
import type { Teacher } from '../teacher';
import { draftLines } from './draftLines';
import { editorOf } from './editorOf';
import { LineOutcomes, type Outcome } from './lineOutcomes';

/** Drafts a fact of each highlighted line, lets the user choose, and teaches the chosen ones one after another. */
export function teachLines(client: SidecarClient, teacher: Teacher, messages: Messages) {
  const results = new LineOutcomes(client, teacher, messages);
  return async (argument?: unknown): Promise<void> => {
    const offers = await draftLines(readLines(editorOf(argument)).lines, client);
    if (offers.length === 0) throw new UserError('No facts were found in these lines.');
    const chosen = await pickLessons(offers);
    if (chosen.length === 0) return;
    const { outcomes, problem } = await teachAll(chosen, teacher);
    results.show(outcomes, problem);
  };
}

/**
 * Teaches until the user has had enough, or the sidecar is gone; what was learned by then stays.
 * @returns what came of each, and why the sidecar is gone
 */
function teachAll(
  chosen: readonly Offer[],
  teacher: Teacher,
): Promise<{ outcomes: Outcome[]; problem?: UserError }> {
  return withDelayedProgress(`Teaching ${chosen.length} facts`, async (token, report) => {
    const outcomes = chosen.map(({ selected, draft: { questions, answer } }): Outcome => {
      return { selected, lesson: { questions, answer, scope: teacher.defaultScope } };
    });
    for (const [n, outcome] of outcomes.entries()) {
      const { selected, lesson } = outcome;
      report({
        message: `${n + 1} of ${chosen.length}, “${clip(lesson.answer, 40)}”`,
        done: n / chosen.length,
      });
      try {
        outcome.report = await teacher.learn(selected, lesson, token);
      } catch (error) {
        if (isCancellation(error)) break;
        outcome.report = { learned: false, reason: messageOf(error) };
        if (error instanceof UserError) return { outcomes, problem: error };
      }
    }
    return { outcomes };
  });
}
