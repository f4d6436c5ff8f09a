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
    if (problemOf(document.getText(range), MAX_STATEMENT_BYTES) !== undefined) return [];
    const teach = actionOf('Teach Quickfire this fact', Commands.teachSelection, document);
    if (range.isSingleLine) return [teach];
    return [teach, actionOf('Teach Quickfire each of these lines', Commands.teachLines, document)];
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
