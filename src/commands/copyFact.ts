import * as vscode from 'vscode';
import type { FactState } from '../../sidecar/protocol';
import type { FactList } from '../factList';
import { locationOf } from '../source/selection';
import { targetFacts } from './pickFact';

/** Copies facts as text: questions, answer, and the statement with its source. */
export function copyFact(facts: FactList) {
  return async (item?: unknown, selected?: unknown): Promise<void> => {
    const chosen = await targetFacts(facts, item, selected, { placeHolder: 'Select a fact to copy' });
    await vscode.env.clipboard.writeText(chosen.map(factAsText).join('\n\n'));
  };
}

function factAsText({ questions, answer, statement, source }: FactState): string {
  const location = locationOf({ source });
  return [...questions, answer, location === undefined ? statement : `${statement} (${location})`].join('\n');
}
