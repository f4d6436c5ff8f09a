import * as vscode from 'vscode';
import type { FactState, Source } from '../../sidecar/protocol';
import { messageOf, UserError, type Action } from '../errors';
import { findQuote } from './quote';
import { sourceUri } from './selection';
import { clip } from './statement';

const NOTEBOOK = /\.ipynb$/i;

/**
 * Opens the file a fact was taught from and selects its quote, wherever it stands now. A notebook is only opened:
 * as text it is not what was highlighted.
 * @param preserveFocus leaves the focus where it is
 * Throws a UserError when the fact has no source, or when the file or the quote is gone.
 */
export async function revealSource(fact: FactState, preserveFocus = false): Promise<void> {
  const { source } = fact;
  if (!source) throw new UserError('This fact was not taught from a file.', [copyStatement(fact)]);
  if (NOTEBOOK.test(source.file)) {
    await openNotebook(source, fact, preserveFocus);
    return;
  }
  const document = await opened(source, fact, (uri) => vscode.workspace.openTextDocument(uri));
  const line = Math.min(source.startLine, document.lineCount - 1);
  const near = document.offsetAt(new vscode.Position(line, 0));
  const found = findQuote(document.getText(), source.quote, near);
  const range = found
    ? new vscode.Range(document.positionAt(found.start), document.positionAt(found.end))
    : new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(document, { selection: range, preserveFocus });
  if (found) return;
  throw new UserError(
    `The text of this fact is no longer in ${source.file}. It was: “${clip(source.quote, 120)}”`,
    [copyStatement(fact)],
  );
}

async function openNotebook(source: Source, fact: FactState, preserveFocus: boolean): Promise<void> {
  const notebook = await opened(source, fact, (uri) => vscode.workspace.openNotebookDocument(uri));
  await vscode.window.showNotebookDocument(notebook, { preserveFocus });
}

/** What `open` opens of a source. Throws a UserError where it cannot be. */
async function opened<T>(
  source: Source,
  fact: FactState,
  open: (uri: vscode.Uri) => Thenable<T>,
): Promise<T> {
  const uri = sourceUri(source.file);
  if (!uri) throw new UserError(`Open the folder that contains ${source.file} to see this fact's source.`);
  try {
    return await open(uri);
  } catch (error) {
    const isThere = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    const why = isThere ? messageOf(error) : 'it was moved or deleted.';
    throw new UserError(`Cannot open ${source.file}: ${why}`, [copyStatement(fact)]);
  }
}

function copyStatement(fact: FactState): Action {
  return { title: 'Copy Statement', run: () => vscode.env.clipboard.writeText(fact.statement) };
}
