import type { TeachReport } from '../../sidecar/protocol';
import { isCancellation, messageOf, UserError } from '../errors';
import { countedFacts } from '../factList';
import { withDelayedProgress } from '../input/delayedProgress';
import type { Lesson } from '../input/teachFlow';
import type { Selected } from '../source/selection';
import { clip } from '../source/statement';
import type { Contradicted, Teacher } from '../teacher';

/** What came of one of several facts. */
export interface Outcome {
  readonly selected: Selected;
  readonly lesson: Lesson;
  /** The facts that it takes the place of. */
  supersedes?: readonly Contradicted[];
  /** Absent where it was not tried. */
  report?: Pick<TeachReport, 'learned' | 'reason' | 'conflict' | 'fact' | 'before'>;
}

/**
 * Teaches one fact after another until the user has had enough, or the sidecar is gone; what was learned by then stays.
 * @param outcomes are told what came of each
 * @returns why the sidecar is gone
 */
export function teachAll(outcomes: readonly Outcome[], teacher: Teacher): Promise<UserError | undefined> {
  return withDelayedProgress(`Teaching ${countedFacts(outcomes.length)}`, async (token, report) => {
    for (const [n, outcome] of outcomes.entries()) {
      const { selected, lesson, supersedes } = outcome;
      report({
        message: `${n + 1} of ${outcomes.length}, “${clip(lesson.answer, 40)}”`,
        done: n / outcomes.length,
      });
      try {
        outcome.report = await teacher.learn({ ...selected, supersedes }, lesson, token);
      } catch (error) {
        if (isCancellation(error)) break;
        outcome.report = { learned: false, reason: messageOf(error) };
        if (error instanceof UserError) return error;
      }
    }
    return undefined;
  });
}
