import * as vscode from 'vscode';
import type { FactState, Source } from '../../sidecar/protocol';
import { UserError, type Action } from '../errors';
import { findQuote } from './quote';
import { sourceUri } from './selection';
import { clip } from './statement';

/**
 * Opens the file a fact was taught from and selects its quote, wherever it stands now.
 * Throws a UserError when the fact has no source, or when the file or the quote is gone.
 */
export async function revealSource(fact: FactState): Promise<void> {
  const { source } = fact;
  if (!source) throw new UserError('This fact was not taught from a file.', [copyStatement(fact)]);
  const document = await openSource(source, fact);
  const line = Math.min(source.startLine, document.lineCount - 1);
  const near = document.offsetAt(new vscode.Position(line, 0));
  const found = findQuote(document.getText(), source.quote, near);
  const range = found
    ? new vscode.Range(document.positionAt(found.start), document.positionAt(found.end))
    : new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(document, { selection: range });
  if (found) return;
  throw new UserError(
    `The highlighted text is no longer in ${source.file}. It read: “${clip(source.quote, 120)}”`,
    [copyStatement(fact)],
  );
}

async function openSource(source: Source, fact: FactState): Promise<vscode.TextDocument> {
  const uri = sourceUri(source.file);
  if (!uri) throw new UserError(`Open the folder that has ${source.file} to see this fact's source.`);
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    throw new UserError(`${source.file} can no longer be opened; it was moved or deleted.`, [
      copyStatement(fact),
    ]);
  }
}

function copyStatement(fact: FactState): Action {
  return { title: 'Copy Statement', run: () => vscode.env.clipboard.writeText(fact.statement) };
}
