import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Source } from '../../sidecar/protocol';
import { UserError } from '../errors';
import { MAX_STATEMENT_BYTES, problemOf } from './statement';

export interface Selected {
  readonly statement: string;
  readonly source: Source;
}

/**
 * What the editor has highlighted: the selection, or the whole line of the cursor.
 * Throws a UserError that says what to do when there is nothing to teach.
 */
export function readSelection(editor: vscode.TextEditor | undefined): Selected {
  if (!editor) throw new UserError('Quickfire teaches text: open a text file and highlight a fact in it.');
  const { document, selection } = editor;
  const range = selection.isEmpty ? document.lineAt(selection.active.line).range : selection;
  const statement = document.getText(range).trim();
  const problem = problemOf(statement, MAX_STATEMENT_BYTES);
  if (problem !== undefined) throw new UserError(problem);
  return { statement, source: sourceOf(document, range) };
}

function sourceOf(document: vscode.TextDocument, range: vscode.Range): Source {
  const quote = document.getText(range);
  return {
    file: sourceFile(document.uri),
    startLine: range.start.line,
    endLine: range.end.line,
    quote,
    quoteHash: createHash('sha256').update(quote).digest('hex'),
  };
}

/** The folder that holds the workspace's facts: the first one. */
export function factsFolder(): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.workspaceFolders?.[0];
}

/** A path below the facts folder with forward slashes, or else the whole URI. */
function sourceFile(uri: vscode.Uri): string {
  const folder = factsFolder();
  const inside = folder && vscode.workspace.getWorkspaceFolder(uri)?.index === folder.index;
  return inside ? vscode.workspace.asRelativePath(uri, false) : uri.toString();
}

/** The inverse of what a source's `file` was made from; undefined without a folder to resolve it. */
export function sourceUri(file: string): vscode.Uri | undefined {
  if (/^[a-z][a-z0-9+.-]+:/i.test(file)) return vscode.Uri.parse(file, true);
  const folder = factsFolder();
  return folder && vscode.Uri.joinPath(folder.uri, file);
}
