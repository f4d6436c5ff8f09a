import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { withAnswer } from '../sidecar/learning/answers';
import type { Fact, FactState, Scope, Source, TeachPhase, TeachReport } from '../sidecar/protocol';
import type { RequestParams, SidecarClient } from './client';
import { isCancellation, messageOf, UserError, type Action, type Messages } from './errors';
import { withDelayedProgress } from './input/delayedProgress';
import { askLesson, type Lesson } from './input/teachFlow';
import type { FactFiles } from './options';
import { takeBack } from './restoreFacts';
import { sourceFor } from './source/selection';
import { clip } from './source/statement';

/** What is taught, apart from the lesson that the user edits. */
export interface Subject {
  readonly statement: string;
  readonly source?: Source;
  /** The fact that an edit replaces; where its answer is changed, the statement goes along. */
  readonly replaces?: FactState;
  /** Contradicted facts that the user has agreed to put in its place: they are disabled once it is learned. */
  readonly supersedes?: readonly Contradicted[];
  /** Told what came of it whenever it was tried, also once more from a message. */
  readonly onReport?: (report: TeachReport, supersedes?: readonly Contradicted[]) => void;
  /** Whether the user has agreed to have it beside what answers a question otherwise, taught in other words. */
  readonly keepBoth?: boolean;
}

/** A fact that answers a question differently. */
export type Contradicted = NonNullable<TeachReport['conflict']>;

/** What the messages about a teaching lead to. */
export interface TeacherLinks {
  ask(question: string): unknown;
  show(fact: FactState): unknown;
  /** A fact took the place of another one. */
  replaced(old: Fact, fact: Fact): unknown;
}

const PHASES: Record<TeachPhase, string> = {
  instruct: 'reading with the statement',
  update: 'reading without it',
  consolidate: 'writing to the model',
  verify: 'verifying recall',
};
const PHASE_ORDER = Object.keys(PHASES) as TeachPhase[];

/** Teaches with progress, and says in one line how it went. */
export class Teacher {
  constructor(
    private readonly client: SidecarClient,
    private readonly messages: Messages,
    private readonly files: FactFiles,
    private readonly links: TeacherLinks,
  ) {}

  /** Where a new fact is kept unless the user says otherwise. */
  get defaultScope(): Scope {
    return this.files.canKeepInWorkspace() ? 'workspace' : 'user';
  }

  /**
   * The interactive way: drafts, asks the user, teaches. What the user typed is offered again when it fails.
   * @param lesson the words to start from; drafted by the model when absent
   * @returns undefined when it failed (already shown). Rejects with CancellationError on Escape or Cancel.
   */
  async teachInteractively(subject: Subject, lesson?: Lesson): Promise<TeachReport | undefined> {
    const drafting = new vscode.CancellationTokenSource();
    const draft = lesson
      ? undefined
      : this.client.request('draft', { statement: subject.statement }, drafting.token);
    try {
      const chosen = await askLesson({
        statement: subject.statement,
        lesson: lesson ?? { questions: [], answer: '', scope: this.defaultScope },
        draft,
        isEdit: subject.replaces !== undefined,
        canChooseScope: this.files.canKeepInWorkspace(),
      });
      return await this.teachLesson(subject, chosen);
    } finally {
      drafting.cancel();
      drafting.dispose();
      draft?.catch(() => undefined);
    }
  }

  /** Teaches without asking anything, and shows the outcome. Rejects as `SidecarClient.request` does. */
  async teach(subject: Subject, lesson: Lesson): Promise<TeachReport> {
    const report = await this.request(subject, lesson);
    this.showOutcome(subject, lesson, report);
    subject.onReport?.(report, subject.supersedes);
    return report;
  }

  private async teachLesson(subject: Subject, lesson: Lesson): Promise<TeachReport | undefined> {
    try {
      return await this.teach(subject, lesson);
    } catch (error) {
      if (isCancellation(error)) throw error;
      const actions = error instanceof UserError ? error.actions : [];
      const retry = this.editAndRetry(subject, lesson);
      this.messages.showError(
        'Teach',
        new UserError(`Not learned: ${messageOf(error)}`, [retry, ...actions]),
      );
      return undefined;
    }
  }

  /** Teaches without asking or showing anything. Rejects as `SidecarClient.request` does. */
  learn(
    { statement, source, replaces, supersedes }: Subject,
    lesson: Lesson,
    token: vscode.CancellationToken,
    how: Pick<RequestParams<'teach'>, 'teachId' | 'askFirst'> = { teachId: randomUUID() },
  ): Promise<TeachReport> {
    const params = {
      ...how,
      statement: replaces ? withAnswer(statement, replaces.answer, lesson.answer) : statement,
      ...lesson,
      source: source && sourceFor(lesson.scope, source),
      replaces: replaces?.id,
      supersedes: supersedes?.map(({ factId }) => factId),
    };
    return this.client.request('teach', params, token);
  }

  private request(subject: Subject, lesson: Lesson): Promise<TeachReport> {
    const teachId = randomUUID();
    return withDelayedProgress(`Teaching “${clip(lesson.answer, 40)}”`, async (token, report) => {
      const progress = this.client.on('teachProgress', ({ teachId: id, phase, done, total }) => {
        if (id !== teachId) return;
        const part = (PHASE_ORDER.indexOf(phase) + (total > 0 ? done / total : 0)) / PHASE_ORDER.length;
        report({ message: PHASES[phase], done: part });
      });
      try {
        return await this.learn(subject, lesson, token, { teachId, askFirst: !subject.keepBoth });
      } finally {
        progress.dispose();
      }
    });
  }

  private showOutcome(subject: Subject, lesson: Lesson, report: TeachReport): void {
    if (report.learned && report.fact) this.showLearned(subject, report.fact, report);
    else if (report.conflict) this.offerReplacing(subject, lesson, report.conflict);
    else {
      const reason = report.reason ?? 'the model could not recall it.';
      this.messages.show('warning', `Not learned: ${reason}`, [this.editAndRetry(subject, lesson)]);
    }
  }

  private showLearned(subject: Subject, fact: FactState, { answers, before }: TeachReport): void {
    if (subject.replaces) this.links.replaced(subject.replaces, fact);
    const recalled = answers.filter((answer) => answer.recalled).length;
    const how =
      recalled === answers.length
        ? 'learned and recalled'
        : `learned, ${recalled} of ${answers.length} questions recalled`;
    const old = subject.supersedes?.map(({ answer }) => `“${clip(answer, 60)}”`) ?? [];
    const instead = old.length > 0 ? `, replacing ${old.join(', ')}` : '';
    const again = subject.replaces?.enabled === false ? ' The fact is enabled again.' : '';
    const question = fact.questions[0] ?? '';
    this.messages.show(
      'information',
      `“${clip(question, 80)}” → “${clip(fact.answer, 60)}”: ${how}${instead}.${again}`,
      [
        { title: 'Ask', run: () => this.links.ask(question) },
        { title: 'Show', run: () => this.links.show(fact) },
        { title: 'Undo', run: () => this.undo(fact, subject, before) },
      ],
    );
  }

  /** Nothing was learned yet: another fact answers the question, which the user may replace or, in other words, keep. */
  private offerReplacing(subject: Subject, lesson: Lesson, conflict: Contradicted): void {
    const { question, answer, statement, scope, inOtherWords } = conflict;
    const supersedes = [...(subject.supersedes ?? []), conflict];
    const replace = { title: 'Replace', run: () => this.teachLesson({ ...subject, supersedes }, lesson) };
    const keepBoth = {
      title: 'Keep Both',
      run: () => this.teachLesson({ ...subject, keepBoth: true }, lesson),
    };
    this.messages.show(
      'warning',
      `“${clip(question, 80)}” is already answered with “${clip(answer, 60)}”` +
        (inOtherWords ? ` (“${clip(statement, 120)}”)` : '') +
        `. Replace it with “${clip(lesson.answer, 60)}”?` +
        (scope === 'user'
          ? ' The existing fact is kept for all workspaces and will be disabled in all of them.'
          : ''),
      [replace, ...(inOtherWords ? [keepBoth] : []), this.editAndRetry(subject, lesson)],
    );
  }

  private editAndRetry(subject: Subject, lesson: Lesson): Action {
    const { statement, source, replaces, onReport } = subject;
    const again = { statement, source, replaces, onReport };
    return { title: 'Edit and Try Again', run: () => this.teachInteractively(again, lesson) };
  }

  /** Forgets what was just taught and puts back what it replaced or took the place of. */
  private async undo(fact: FactState, { replaces, supersedes = [] }: Subject, before?: Fact): Promise<void> {
    const former = [replaces, before].filter((old) => old !== undefined);
    const superseded = supersedes.map(({ factId }) => factId);
    await takeBack(this.client, this.messages, [fact.id], former, superseded);
    if (replaces) this.links.replaced(fact, replaces);
  }
}
