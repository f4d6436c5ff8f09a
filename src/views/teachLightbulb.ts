import * as vscode from 'vscode';
import { Commands, type CommandId } from '../ids';
import { MAX_STATEMENT_BYTES, problemOf } from '../source/statement';

const KIND = vscode.CodeActionKind.Empty.append('quickfire.teach');

/** Schemes of documents that are not the user's text. */
const FOREIGN = new Set(['output', 'vscode-settings', 'vscode-scm', 'comment', 'search-editor']);

/** Offers teaching in the lightbulb where something teachable is highlighted. */
const provider: vscode.CodeActionProvider = {
  provideCodeActions(document, range) {
    if (range.isEmpty || FOREIGN.has(document.uri.scheme)) return [];
    const text = document.getText(range);
    const actions: vscode.CodeAction[] = [];
    if (problemOf(text, MAX_STATEMENT_BYTES) === undefined)
      actions.push(actionOf('Teach Quickfire this fact', Commands.teachSelection, document));
    // Only each of the lines has to be small enough.
    if (!range.isSingleLine && problemOf(text, Infinity) === undefined)
      actions.push(actionOf('Teach Quickfire each of these lines', Commands.teachLines, document));
    return actions;
  },
};

function actionOf(title: string, command: CommandId, { uri }: vscode.TextDocument): vscode.CodeAction {
  const action = new vscode.CodeAction(title, KIND);
  action.command = { command, title, arguments: [uri] };
  return action;
}

export function registerTeachLightbulb(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider('*', provider, { providedCodeActionKinds: [KIND] });
}
