import * as vscode from 'vscode';
import type { Draft } from '../../sidecar/protocol';
import type { Selected } from '../source/selection';
import { clip, MAX_ANSWER_CHARS } from '../source/statement';

/** A text and what was drafted of it. */
export interface Drafted {
  readonly selected: Selected;
  readonly draft: Draft;
}

/**
 * Has the user choose which of several facts are taught. Those are chosen at first whose text has a form that is known.
 * Rejects with CancellationError on Escape.
 */
export async function pickLessons(all: readonly Drafted[]): Promise<Drafted[]> {
  const items = all.map((drafted) => {
    const { selected, draft } = drafted;
    return {
      label: clip(draft.questions.join(' '), 120),
      description: clip(draft.answer, 80),
      detail: clip(selected.statement, 160),
      picked: draft.from === 'statement' && draft.answer.length <= MAX_ANSWER_CHARS,
      drafted,
    };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Teach Each Line',
    placeHolder: 'Which of these should the model learn?',
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.map(({ drafted }) => drafted);
}
