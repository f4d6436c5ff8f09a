import * as vscode from 'vscode';
import { Commands, type CommandId } from '../ids';
import type { Memory } from '../memory';

interface ActionItem extends vscode.QuickPickItem {
  readonly command: CommandId;
}

const STOP: ActionItem = { label: '$(debug-stop) Stop consolidation', command: Commands.stopConsolidation };

const ACTIONS: readonly ActionItem[] = [
  { label: '$(comment-discussion) Ask a question', command: Commands.askQuestion },
  { label: '$(file) Open the facts file', command: Commands.openFactsFile },
  { label: '$(chip) Select a model', command: Commands.selectModel },
  { label: '$(debug-restart) Restart the sidecar', command: Commands.restartSidecar },
  { label: '$(output) Show the log', command: Commands.showLog },
];

/** What the status item offers. */
export function showActions(memory: Memory, summary: () => string) {
  return async (): Promise<void> => {
    const actions = memory.isConsolidating ? [STOP, ...ACTIONS] : ACTIONS;
    const picked = await vscode.window.showQuickPick(actions, { title: 'Quickfire', placeHolder: summary() });
    if (picked) await vscode.commands.executeCommand(picked.command);
  };
}
