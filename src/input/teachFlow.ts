import * as vscode from 'vscode';
import type { Draft, Scope } from '../../sidecar/protocol';
import { factsFolder } from '../source/selection';
import { clip, joinQuestions, MAX_ANSWER_CHARS, splitQuestions } from '../source/statement';
import { askText, type Tool } from './multiStep';

/** What the user decides before a teaching. */
export interface Lesson {
  readonly questions: string[];
  readonly answer: string;
  readonly scope: Scope;
}

export interface TeachFlowInput {
  readonly statement: string;
  /** What stands in the boxes first: empty for a new fact, the old words for an edit or another try. */
  readonly lesson: Lesson;
  /** A draft on its way; fills boxes that the user has not touched. */
  readonly draft?: Promise<Draft>;
  /** Whether it is to take the place of a fact. */
  readonly isEdit: boolean;
  /** Whether the user may choose where the fact is kept. */
  readonly canChooseScope: boolean;
}

const TOTAL_STEPS = 2;

const ANOTHER: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('refresh'),
  tooltip: 'Another Suggestion',
};

/**
 * The one input flow of teaching: questions, then the answer. Buttons offer another draft, and say where the fact is
 * kept.
 * Nothing is learned or stored here. Rejects with CancellationError on Escape.
 */
export async function askLesson(input: TeachFlowInput): Promise<Lesson> {
  const title = `${input.isEdit ? 'Edit' : 'Teach'} “${clip(input.statement, 60)}”`;
  let { scope } = input.lesson;
  let questions = joinQuestions(input.lesson.questions);
  let answer = input.lesson.answer;
  const keepElsewhere: Tool = {
    button: () => (input.canChooseScope ? scopeButton(scope) : undefined),
    press: () => {
      scope = scope === 'workspace' ? 'user' : 'workspace';
      return undefined;
    },
  };
  let drafts: Pick<Draft, 'questions' | 'answer'>[] = [];
  let shown = 0;
  /** What was offered stands for its questions as they are, also where a question mark is in them. */
  const questionsOf = (text: string): string[] =>
    [input.lesson, ...drafts].find((offered) => joinQuestions(offered.questions) === text)?.questions ??
    splitQuestions(text);
  const suggestAnother: Tool = {
    button: () => (drafts.length > 1 ? ANOTHER : undefined),
    press: (typed) => {
      const draft = drafts[shown];
      const isShown =
        typed === joinQuestions(draft?.questions ?? []) && (answer === '' || answer === draft?.answer);
      const own = questionsOf(typed);
      // The user's own words are come back to as well.
      if (!isShown && own.length > 0) drafts.push({ questions: own, answer });
      shown = isShown ? (shown + 1) % drafts.length : 0;
      answer = drafts[shown]?.answer ?? '';
      return joinQuestions(drafts[shown]?.questions ?? []);
    },
  };
  const asked = input.draft?.then((draft) => {
    drafts = [draft, ...draft.others];
    return draft;
  });
  const common = { title, totalSteps: TOTAL_STEPS };
  for (let step = 1; step <= TOTAL_STEPS;) {
    if (step === 1) {
      const result = await askText({
        ...common,
        step,
        prompt: 'Which question does it answer? You can enter several, each ending with “?”',
        placeholder: 'Who …? What …? Where …?',
        value: questions,
        pending: questions === '' ? asked?.then((draft) => joinQuestions(draft.questions)) : undefined,
        tools: [suggestAnother, keepElsewhere],
        newTools: asked?.catch(() => undefined),
        validate: (value) => (questionsOf(value).length > 0 ? undefined : 'Enter at least one question.'),
      });
      questions = result.value;
      step = 2;
    } else {
      const result = await askText({
        ...common,
        step,
        prompt: `What should the model answer? Question: “${clip(questions, 80)}”`,
        placeholder: 'One or a few words',
        value: answer,
        // A draft that failed has ended the first step, unless the user goes on without.
        pending: answer === '' ? asked?.then(() => drafts[shown]?.answer ?? '').catch(() => '') : undefined,
        tools: [keepElsewhere],
        validate: answerProblem,
      });
      answer = result.value.trim();
      step = result.kind === 'back' ? 1 : 3;
    }
  }
  return { questions: questionsOf(questions), answer, scope };
}

function answerProblem(value: string): string | undefined {
  const answer = value.trim();
  if (answer === '') return 'Enter the answer the model should give.';
  if (answer.length <= MAX_ANSWER_CHARS) return undefined;
  return `Keep the answer to ${MAX_ANSWER_CHARS} characters or fewer; this one has ${answer.length}.`;
}

function scopeButton(scope: Scope): vscode.QuickInputButton {
  const { workspaceFolders = [] } = vscode.workspace;
  const workspace =
    workspaceFolders.length > 1 ? `the workspace folder “${factsFolder()?.name}”` : 'this workspace';
  return scope === 'workspace'
    ? {
        iconPath: new vscode.ThemeIcon('folder'),
        tooltip: `Kept in ${workspace} (.quickfire/facts.jsonl). Select to keep it for all workspaces instead`,
      }
    : {
        iconPath: new vscode.ThemeIcon('account'),
        tooltip: `Kept for all your workspaces on this machine, until Quickfire is uninstalled. Select to keep it in ${workspace} instead`,
      };
}
