import * as vscode from 'vscode';

/** The active editor; undefined where the argument is the URI of another text, such as a box for a commit's message. */
export function editorOf(argument: unknown): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  const isElsewhere =
    argument instanceof vscode.Uri && argument.toString() !== editor?.document.uri.toString();
  return isElsewhere ? undefined : editor;
}
