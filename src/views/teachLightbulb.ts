import * as vscode from 'vscode';
import { Commands } from '../ids';
import { MAX_STATEMENT_BYTES, problemOf } from '../source/statement';

const KIND = vscode.CodeActionKind.Empty.append('quickfire.teach');

/** Schemes of documents that are not the user's text. */
const FOREIGN = new Set(['output', 'vscode-settings', 'vscode-scm', 'comment', 'search-editor']);

/** Offers teaching in the lightbulb where something teachable is highlighted. */
const provider: vscode.CodeActionProvider = {
  provideCodeActions(document, range) {
    if (range.isEmpty || FOREIGN.has(document.uri.scheme)) return [];
    if (problemOf(document.getText(range), MAX_STATEMENT_BYTES) !== undefined) return [];
    const action = new vscode.CodeAction('Teach Quickfire this fact', KIND);
    action.command = { command: Commands.teachSelection, title: action.title, arguments: [document.uri] };
    return [action];
  },
};

export function registerTeachLightbulb(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider('*', provider, { providedCodeActionKinds: [KIND] });
}
