import * as vscode from 'vscode';
import type { TeachReport } from '../../sidecar/protocol';
import type { SidecarClient } from '../client';
import type { Action, Messages, UserError } from '../errors';
import { countedFacts } from '../factList';
import { lessonItem } from '../input/pickLessons';
import { takeBack } from '../restoreFacts';
import type { Subject, Teacher } from '../teacher';
import { teachAll, type Outcome } from './teachAll';

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
    const failed = open.filter(({ report }) => report);
    const untried = open.length - failed.length;
    const isReplaceable = failed.length > 0 && failed.every((outcome) => contradictsOther(outcome, learned));
    const parts = [
      `Learned ${learned.length} of ${countedFacts(outcomes.length)}.`,
      ...(failed.length > 0 ? [`${failed.length} could not be learned.`] : []),
      ...(isReplaceable ? [replacing(failed)] : []),
      ...(untried > 0 ? [`${untried} ${untried === 1 ? 'was' : 'were'} not tried.`] : []),
      ...(problem ? [problem.message] : []),
    ];
    const actions: Action[] = [
      ...(isReplaceable ? [{ title: 'Replace All', run: () => this.replaceAll(outcomes, failed) }] : []),
      ...(open.length > 0 ? [{ title: 'Show Not Learned', run: () => this.tryAgain(outcomes, open) }] : []),
      ...(learned.length > 0 ? [{ title: 'Undo', run: () => this.undo(learned) }] : []),
      ...(problem?.actions ?? []),
    ];
    this.messages.show(failed.length > 0 ? 'warning' : 'information', parts.join(' '), actions);
  }

  /** Says why each was not learned; the one that is picked can be edited and tried again. All is shown anew then. */
  private async tryAgain(outcomes: readonly Outcome[], open: readonly Outcome[]): Promise<void> {
    const items = open.map((outcome) => ({
      ...lessonItem(outcome.lesson),
      detail: outcome.report ? outcome.report.reason : 'not tried',
      outcome,
    }));
    let isOver = false;
    try {
      const picked = await vscode.window.showQuickPick(items, {
        placeHolder: 'These facts were not learned. Select one to edit it and try again.',
        matchOnDescription: true,
        matchOnDetail: true,
      });
      if (!picked) return;
      const { selected, lesson } = picked.outcome;
      const onReport: Subject['onReport'] = (report, supersedes) => {
        Object.assign(picked.outcome, { report, supersedes });
        // Of the try itself it is shown at its end.
        if (isOver) this.show(outcomes);
      };
      await this.teacher.teachInteractively({ ...selected, onReport }, lesson);
    } finally {
      isOver = true;
      this.show(outcomes);
    }
  }

  /** Teaches anew what other facts contradict, in their place. */
  private async replaceAll(outcomes: readonly Outcome[], failed: readonly Outcome[]): Promise<void> {
    for (const outcome of failed) {
      const { supersedes = [], report } = outcome;
      if (report?.conflict) outcome.supersedes = [...supersedes, report.conflict];
      outcome.report = undefined;
    }
    this.show(outcomes, await teachAll(failed, this.teacher));
  }

  /** Forgets what was learned, and puts back what had been taught in the same words or contradicted it before. */
  private async undo(learned: readonly Outcome[]): Promise<void> {
    const befores = new Map<string, TeachReport['before']>();
    for (const { report } of learned) {
      // What was there before the same fact came a second time is the first one.
      if (report?.fact && !befores.has(report.fact.id)) befores.set(report.fact.id, report.before);
    }
    const former = [...befores.values()].flatMap((before) => before ?? []);
    const superseded = learned.flatMap(({ supersedes = [] }) => supersedes.map(({ factId }) => factId));
    await takeBack(this.client, this.messages, [...befores.keys()], former, superseded);
  }
}

/** Whether a fact could not be learned since another one answers differently, which is none of those learned with it. */
function contradictsOther({ report }: Outcome, learned: readonly Outcome[]): boolean {
  const id = report?.conflict?.factId;
  return id !== undefined && learned.every((other) => other.report?.fact?.id !== id);
}

function replacing(failed: readonly Outcome[]): string {
  const isShared = failed.some(({ report }) => report?.conflict?.scope === 'user');
  return `Other facts answer differently. Replace them?${
    isShared ? ' Those that are kept for all your workspaces will be disabled in each.' : ''
  }`;
}
