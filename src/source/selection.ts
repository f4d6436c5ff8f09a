import path from 'node:path';
import * as vscode from 'vscode';
import type { Scope, Source } from '../../sidecar/protocol';
import { UserError } from '../errors';
import { hasWords, indentOf, placesOf } from './heads';
import { piecesOf, statementOf } from './lines';
import { MAX_STATEMENT_BYTES, problemOf } from './statement';

export interface Selected {
  readonly statement: string;
  /** Absent where nothing on disk holds it: by its made-up name nobody finds it again. */
  readonly source?: Source;
}

/**
 * What the editor has highlighted: the selection, or the whole line of the cursor.
 * Throws a UserError that says what to do when there is nothing to teach.
 */
export function readSelection(editor: vscode.TextEditor | undefined): Selected {
  if (!editor) throw new UserError('Open a text file and select the fact to teach.');
  const { document, selection, selections } = editor;
  if (selections.length > 1) {
    throw new UserError(
      `Select one piece of text, or use “Teach Each Line” for all ${selections.length} selections.`,
    );
  }
  const range = withoutMargins(
    document,
    selection.isEmpty ? document.lineAt(selection.active.line).range : selection,
  );
  const statement = document.getText(range);
  const problem = problemOf(statement, MAX_STATEMENT_BYTES);
  if (problem !== undefined) throw new UserError(problem);
  return { statement, source: savedSource(document, range) };
}

/** A range without the white space at its ends, which may be of other lines than the text. */
function withoutMargins(document: vscode.TextDocument, range: vscode.Range): vscode.Range {
  const text = document.getText(range);
  const start = document.offsetAt(range.start) + text.length - text.trimStart().length;
  const end = start + text.trim().length;
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** Whether a document, or the notebook that it is a cell of, was never saved. */
function isUnsaved(document: vscode.TextDocument): boolean {
  if (document.isUntitled) return true;
  return vscode.workspace.notebookDocuments.some(
    (notebook) => notebook.isUntitled && notebook.getCells().some((cell) => cell.document === document),
  );
}

/** A text among several: its statement is what it says, behind what it cannot be read without. */
export interface Line extends Selected {
  /** What is highlighted of it. */
  readonly text: string;
  /** Whether it is a row of a table, each cell of which is a fact. */
  readonly isRow: boolean;
}

/**
 * What the editor has highlighted, divided into texts that may each hold a fact: of all selections their lines; or the
 * line of the cursor. Those that cannot be taught are left out.
 * @throws UserError where there is no text, or none that can be taught
 */
export function readLines(editor: vscode.TextEditor | undefined): Line[] {
  if (!editor) throw new UserError('Open a text file and select the facts to teach.');
  const { document, selections } = editor;
  const all = document.getText().split(/\r\n|\r|\n/);
  const places = placesOf(all);
  const lines = selections.flatMap((selection) => {
    const whole = selection.isEmpty ? document.lineAt(selection.active.line).range : selection;
    return piecesOf(all, whole.start.line, whole.end.line, places).flatMap(
      ({ start, end, head, isRow }): Line[] => {
        const [first, last] = [start, end].map((n) => document.lineAt(n).range);
        const range = withoutMargins(document, first?.union(last ?? first).intersection(whole) ?? whole);
        const text = document.getText(range);
        if (!hasWords(text)) return [];
        const line = all[start] ?? '';
        // By its indentation a setting is known to be in its section.
        const indented = head.length > 0 ? `${line.slice(0, indentOf(line))}${text}` : text;
        const statement = statementOf({ head, isRow }, indented);
        return [{ statement, source: savedSource(document, range), text, isRow }];
      },
    );
  });
  const problems = lines.map(({ statement }) => problemOf(statement, MAX_STATEMENT_BYTES));
  const teachable = lines.filter((_, n) => problems[n] === undefined);
  if (teachable.length === 0)
    throw new UserError(
      problems[0] ?? 'There is no text in the selection. Select the lines that contain facts.',
    );
  return teachable;
}

/** Where a text stands; undefined where nothing on disk holds it. */
function savedSource(document: vscode.TextDocument, range: vscode.Range): Source | undefined {
  if (isUnsaved(document)) return undefined;
  return {
    file: sourceFile(document.uri),
    startLine: range.start.line,
    quote: document.getText(range),
  };
}

/** The folder that holds the workspace's facts: the first one. */
export function factsFolder(): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.workspaceFolders?.[0];
}

/** Schemes of what is shown of a file: its state in git, its cells. */
const VIEWS_OF_FILES = new Set(['git', 'vscode-notebook-cell']);

/** The path from the facts folder of what is in the workspace, with forward slashes; of all else the whole URI. */
function sourceFile(shown: vscode.Uri): string {
  const folder = factsFolder()?.uri;
  const uri = VIEWS_OF_FILES.has(shown.scheme)
    ? shown.with({ scheme: folder?.scheme ?? 'file', query: '', fragment: '' })
    : shown;
  const isInside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  if (!folder || !isInside || uri.authority !== folder.authority) return uri.toString();
  const relative = path.relative(folder.fsPath, uri.fsPath);
  // On another drive there is none.
  if (path.isAbsolute(relative)) return uri.toString();
  const file = relative.split(path.sep).join('/');
  // A name with a colon would be read as a URI.
  return isUri(file) ? `./${file}` : file;
}

/** A source as a fact of the scope keeps it: only the workspace's own facts can name files from its folder. */
export function sourceFor(scope: Scope, source: Source): Source {
  const uri = sourceUri(source.file);
  if (!uri) return source;
  return { ...source, file: scope === 'workspace' ? sourceFile(uri) : uri.toString() };
}

/** The inverse of what a source's `file` was made from; undefined without a folder to resolve it. */
export function sourceUri(file: string): vscode.Uri | undefined {
  if (isUri(file)) return vscode.Uri.parse(file, true);
  const folder = factsFolder();
  return folder && vscode.Uri.joinPath(folder.uri, file);
}

/** Where a fact was taught from, as in "notes.md:3"; undefined when it was not taught from a file. */
export function locationOf({ source }: { readonly source?: Source }): string | undefined {
  return source && `${readable(source.file)}:${source.startLine + 1}`;
}

/** A path as it is, a URI as its path. */
function readable(file: string): string {
  return isUri(file) ? vscode.Uri.parse(file).fsPath : file;
}

function isUri(file: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(file);
}
