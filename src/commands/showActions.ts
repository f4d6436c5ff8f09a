import * as vscode from 'vscode';
import { Commands, type CommandId } from '../ids';

interface ActionItem extends vscode.QuickPickItem {
  readonly command: CommandId;
}

const ACTIONS: readonly ActionItem[] = [
  { label: '$(comment-discussion) Ask a question', command: Commands.askQuestion },
  { label: '$(file) Open the facts file', command: Commands.openFactsFile },
  { label: '$(debug-restart) Restart the sidecar', command: Commands.restartSidecar },
  { label: '$(output) Show the log', command: Commands.showLog },
];

/** What the status item offers. */
export function showActions(summary: () => string) {
  return async (): Promise<void> => {
    const picked = await vscode.window.showQuickPick(ACTIONS, { title: 'Quickfire', placeHolder: summary() });
    if (picked) await vscode.commands.executeCommand(picked.command);
  };
}
