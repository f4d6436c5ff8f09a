import * as vscode from 'vscode';
import { Views } from '../ids';

/** Shows in the list that its facts are being changed, which may have to wait for a consolidation. */
export function withListProgress<T>(work: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId: Views.facts } }, work);
}
