import * as vscode from 'vscode';
import type { SidecarClient } from '../client';
import { UserError, type Messages } from '../errors';
import type { FactList } from '../factList';
import { forget } from './forgetFact';

const CONFIRM = 'Forget All';

/** Forgets every fact after a confirmation. */
export function forgetAllFacts(client: SidecarClient, facts: FactList, messages: Messages) {
  return async (): Promise<void> => {
    const { length } = facts.all;
    if (length === 0) throw new UserError('No facts have been taught yet.');
    const what = length === 1 ? 'the only fact' : `all ${length} facts`;
    const own = facts.all.filter(({ scope }) => scope === 'user').length;
    const detail = [
      'The model returns to its untaught state, and the facts are removed from their files.',
      own === 0
        ? ''
        : `${own} of them ${own === 1 ? 'is' : 'are'} kept for all workspaces and will be forgotten everywhere.`,
    ]
      .filter(Boolean)
      .join(' ');
    const pressed = await vscode.window.showWarningMessage(
      `Forget ${what}?`,
      { modal: true, detail },
      CONFIRM,
    );
    if (pressed !== CONFIRM) return;
    await forget(
      client,
      messages,
      facts.all.map((fact) => fact.id),
      what,
    );
  };
}
