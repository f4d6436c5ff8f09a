import * as vscode from 'vscode';
import type { TeachReport } from '../../sidecar/protocol';
import type { SidecarClient } from '../client';
import type { Action, Messages, UserError } from '../errors';
import { lessonItem } from '../input/pickLessons';
import type { Lesson } from '../input/teachFlow';
import { takeBack } from '../restoreFacts';
import type { Selected } from '../source/selection';
import type { Teacher } from '../teacher';

/** What came of one of several facts. */
export interface Outcome {
  readonly selected: Selected;
  readonly lesson: Lesson;
  /** Absent where it was not tried. */
  report?: Pick<TeachReport, 'learned' | 'reason' | 'fact' | 'before'>;
}

/** Says what came of several facts; those that were not learned can be tried again, the others taken back. */
export class LineOutcomes {
  constructor(
    private readonly client: SidecarClient,
    private readonly teacher: Teacher,
    private readonly messages: Messages,
  ) {}

  /** @param problem why the sidecar was gone before all were taught */
  show(outcomes: readonly Outcome[], problem?: UserError): void {
    const learned = outcomes.filter(({ report }) => report?.learned);
    const open = outcomes.filter(({ report }) => !report?.learned);
    const untried = open.filter(({ report }) => !report);
    const failed = open.length - untried.length;
    const parts = [
      `Learned ${learned.length} of ${outcomes.length} ${outcomes.length === 1 ? 'fact' : 'facts'}.`,
      ...(failed > 0 ? [`${failed} could not be learned.`] : []),
      ...(untried.length > 0
        ? [`${untried.length} ${untried.length === 1 ? 'was' : 'were'} not tried.`]
        : []),
      ...(problem ? [problem.message] : []),
    ];
    const actions: Action[] = [
      ...(open.length > 0 ? [{ title: 'Show Not Learned', run: () => this.tryAgain(outcomes, open) }] : []),
      ...(learned.length > 0 ? [{ title: 'Undo', run: () => this.undo(learned) }] : []),
      ...(problem?.actions ?? []),
    ];
    this.messages.show(failed > 0 ? 'warning' : 'information', parts.join(' '), actions);
  }

  /** Says why each was not learned; the one that is picked can be edited and tried again. Then all is shown anew. */
  private async tryAgain(outcomes: readonly Outcome[], open: readonly Outcome[]): Promise<void> {
    const items = open.map((outcome) => ({
      ...lessonItem(outcome.lesson),
      detail: outcome.report ? outcome.report.reason : 'not tried',
      outcome,
    }));
    try {
      const picked = await vscode.window.showQuickPick(items, {
        placeHolder: 'These facts were not learned. Select one to edit it and try again.',
        matchOnDescription: true,
        matchOnDetail: true,
      });
      if (!picked) return;
      const { selected, lesson } = picked.outcome;
      const report = await this.teacher.teachInteractively(selected, lesson);
      if (report) picked.outcome.report = report;
    } finally {
      this.show(outcomes);
    }
  }

  /** Forgets what was learned, and puts back what had been taught in the same words before. */
  private async undo(learned: readonly Outcome[]): Promise<void> {
    const befores = new Map<string, TeachReport['before']>();
    for (const { report } of learned) {
      // What was there before the same fact came a second time is the first one.
      if (report?.fact && !befores.has(report.fact.id)) befores.set(report.fact.id, report.before);
    }
    const former = [...befores.values()].flatMap((before) => before ?? []);
    await takeBack(this.client, this.messages, [...befores.keys()], former);
  }
}
