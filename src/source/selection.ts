import path from 'node:path';
import * as vscode from 'vscode';
import type { Scope, Source } from '../../sidecar/protocol';
import { UserError } from '../errors';
import { piecesOf, statementOf, type Piece } from './lines';
import { hasWords, indentOf } from './place';
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
export interface Line extends Selected, Pick<Piece, 'row' | 'isGuess'> {
  /** What is highlighted of it; the whole of what cannot be read in part. */
  readonly text: string;
}

/**
 * What the editor has highlighted, divided into texts that may each hold a fact: of all selections their lines; or what
 * the cursor is in.
 * @returns those that can be taught, and how many cannot
 * @throws UserError where there is no text, or none that can be taught
 */
export function readLines(editor: vscode.TextEditor | undefined): { lines: Line[]; leftOut: number } {
  if (!editor) throw new UserError('Open a text file and select the facts to teach.');
  const { document, selections } = editor;
  const all = document.getText().split(/\r\n|\r|\n/);
  const pieces = piecesOf(all, isTable(document));
  const lines = selections.flatMap((selection) =>
    pieces
      .filter(({ start, end }) => start <= selection.end.line && end >= selection.start.line)
      .flatMap((piece): Line[] => {
        const whole = document.lineAt(piece.start).range.union(document.lineAt(piece.end).range);
        const chosen = selection.isEmpty ? whole : whole.intersection(selection);
        if (!chosen || !hasWords(document.getText(chosen))) return [];
        const { head, row, isGuess } = piece;
        const range = withoutMargins(document, head.length > 0 ? whole : chosen);
        const text = document.getText(range);
        // By its indentation a setting is known to be in its section.
        const indent = head.length > 0 ? indentOf(all[piece.start] ?? '') : 0;
        const statement = statementOf(piece, (all[piece.start] ?? '').slice(0, indent) + text);
        return [{ statement, source: savedSource(document, range), text, row, isGuess }];
      }),
  );
  const problems = lines.map(({ statement }) => problemOf(statement, MAX_STATEMENT_BYTES));
  const teachable = lines.filter((_, n) => problems[n] === undefined);
  if (teachable.length === 0)
    throw new UserError(
      problems[0] ?? 'There is no text in the selection. Select the lines that contain facts.',
    );
  return { lines: teachable, leftOut: lines.length - teachable.length };
}

/** Whether a file holds nothing but separated values, by its name or as extensions for such files call their language. */
function isTable({ languageId, uri }: vscode.TextDocument): boolean {
  return /\b[ct]sv\b/.test(languageId) || /\.[ct]sv$/i.test(uri.path);
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

/**
 * A source as a fact of the scope keeps it: only the workspace's own facts can name files from its folder, and they
 * name no others, since they are shared and those are only on this machine.
 */
export function sourceFor(scope: Scope, source: Source): Source | undefined {
  const uri = sourceUri(source.file);
  if (!uri) return source;
  if (scope === 'user') return { ...source, file: uri.toString() };
  const file = sourceFile(uri);
  return isUri(file) ? undefined : { ...source, file };
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
