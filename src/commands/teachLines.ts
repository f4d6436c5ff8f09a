import * as vscode from 'vscode';
import { sameAnswer } from '../../sidecar/learning/answers';
import type { TeachReport } from '../../sidecar/protocol';
import type { SidecarClient } from '../client';
import { isCancellation, messageOf, UserError, type Action, type Messages } from '../errors';
import { withDelayedProgress } from '../input/delayedProgress';
import { pickLessons, type Drafted } from '../input/pickLessons';
import type { Lesson } from '../input/teachFlow';
import { restoreFacts } from '../restoreFacts';
import { readLines, type Line, type Selected } from '../source/selection';
import { clip } from '../source/statement';
import type { Teacher } from '../teacher';
import { editorOf } from './editorOf';

/** What came of one of the facts. */
interface Outcome {
  readonly selected: Selected;
  readonly lesson: Lesson;
  readonly report: Pick<TeachReport, 'learned' | 'reason' | 'fact' | 'before'>;
}

/** Drafts a fact of each highlighted line, lets the user choose, and teaches the chosen ones one after another. */
export function teachLines(client: SidecarClient, teacher: Teacher, messages: Messages) {
  return async (argument?: unknown): Promise<void> => {
    const lines = readLines(editorOf(argument));
    if (lines.length === 0)
      throw new UserError('There is no text in the selection. Highlight the lines that hold facts.');
    const drafted = await draftAll(lines, client);
    if (drafted.length === 0) throw new UserError('No fact was found in these lines.');
    const chosen = await pickLessons(drafted);
    if (chosen.length === 0) return;
    const outcomes = await teachAll(chosen, teacher);
    show(outcomes, chosen.length, client, teacher, messages);
  };
}

/** What each line says, and each cell of a table's row; a text that cannot be drafted is left out. */
function draftAll(lines: readonly Line[], client: SidecarClient): Promise<Drafted[]> {
  return withDelayedProgress('Looking for facts', async (token, report) => {
    const drafted: Drafted[] = [];
    for (const [n, line] of lines.entries()) {
      report({ message: `line ${n + 1} of ${lines.length}`, done: n / lines.length });
      try {
        const draft = await client.request('draft', { statement: line.statement }, token);
        const { isRow, ...selected } = line;
        for (const { questions, answer } of isRow ? [draft, ...draft.others] : [draft]) {
          // A mere heading answers nothing but what it says.
          if (answer !== '' && !sameAnswer(answer, draft.statement))
            drafted.push({ selected, draft: { ...draft, questions, answer } });
        }
      } catch (error) {
        if (error instanceof UserError || isCancellation(error)) throw error;
      }
    }
    return drafted;
  });
}

/** Teaches until the user has had enough; what was learned by then stays. */
function teachAll(chosen: readonly Drafted[], teacher: Teacher): Promise<Outcome[]> {
  return withDelayedProgress(`Teaching ${chosen.length} facts`, async (token, report) => {
    const outcomes: Outcome[] = [];
    for (const [n, { selected, draft }] of chosen.entries()) {
      const lesson = { questions: draft.questions, answer: draft.answer, scope: teacher.defaultScope };
      report({
        message: `${n + 1} of ${chosen.length}, “${clip(lesson.answer, 40)}”`,
        done: n / chosen.length,
      });
      try {
        outcomes.push({ selected, lesson, report: await teacher.learn(selected, lesson, token) });
      } catch (error) {
        if (isCancellation(error)) break;
        outcomes.push({ selected, lesson, report: { learned: false, reason: messageOf(error) } });
        if (error instanceof UserError) break;
      }
    }
    return outcomes;
  });
}

function show(
  outcomes: readonly Outcome[],
  wanted: number,
  client: SidecarClient,
  teacher: Teacher,
  messages: Messages,
): void {
  const learned = outcomes.filter(({ report }) => report.learned);
  const failed = outcomes.filter(({ report }) => !report.learned);
  const parts = [
    `Learned ${learned.length} of ${wanted} ${wanted === 1 ? 'fact' : 'facts'}.`,
    ...(failed.length > 0 ? [`${failed.length} could not be learned.`] : []),
    ...(outcomes.length < wanted ? [`${wanted - outcomes.length} were not tried.`] : []),
  ];
  const actions: Action[] = [
    ...(failed.length > 0 ? [{ title: 'Show Them', run: () => tryAgain(failed, teacher) }] : []),
    ...(learned.length > 0 ? [{ title: 'Undo', run: () => undo(learned, client, messages) }] : []),
  ];
  messages.show(failed.length > 0 ? 'warning' : 'information', parts.join(' '), actions);
}

/** Says why each was not learned; the one that is picked can be edited and tried again. */
async function tryAgain(failed: readonly Outcome[], teacher: Teacher): Promise<void> {
  const items = failed.map(({ selected, lesson, report }) => ({
    label: clip(lesson.questions.join(' '), 120),
    description: clip(lesson.answer, 80),
    detail: report.reason,
    again: () => teacher.teachInteractively(selected, lesson),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: 'These were not learned. Edit one and try again?',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await picked?.again();
}

/** Forgets what was learned, and puts back what had been taught in the same words before. */
async function undo(learned: readonly Outcome[], client: SidecarClient, messages: Messages): Promise<void> {
  const facts = learned.flatMap(({ report: { fact, before } }) => (fact ? [{ fact, before }] : []));
  await client.request('forgetFacts', { ids: facts.map(({ fact }) => fact.id) });
  const former = facts.flatMap(({ before }) => before ?? []);
  if (former.length > 0) await restoreFacts(client, messages, former);
}
