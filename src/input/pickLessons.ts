import * as vscode from 'vscode';
import type { Draft } from '../../sidecar/protocol';
import { rivalsOf, type Offer } from '../source/offers';
import { clip, MAX_ANSWER_CHARS } from '../source/statement';

/** How a picker shows what is asked and answered. */
export function lessonItem({ questions, answer }: Pick<Draft, 'questions' | 'answer'>): vscode.QuickPickItem {
  return { label: clip(questions.join(' '), 120), description: clip(answer, 80) };
}

/**
 * Has the user choose which of several facts are taught. Those are chosen at first whose text has a form that is known,
 * unless several answer the same question differently.
 * @param leftOut what is not among them, in words
 * Rejects with CancellationError on Escape.
 */
export async function pickLessons(all: readonly Offer[], leftOut: readonly string[]): Promise<Offer[]> {
  const rivals = rivalsOf(all);
  const items = all.map((offer) => {
    const { text, draft, isGuess } = offer;
    const isKnown = draft.from === 'statement' && !isGuess;
    return {
      ...lessonItem(draft),
      detail: clip(text, 160),
      picked: isKnown && draft.answer.length <= MAX_ANSWER_CHARS && !rivals.has(offer),
      offer,
    };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Teach Each Line',
    placeHolder: `Select the facts to teach${leftOut.length > 0 ? ` (left out: ${leftOut.join(', ')})` : ''}`,
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.map(({ offer }) => offer);
}
