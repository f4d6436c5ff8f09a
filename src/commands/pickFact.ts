import * as vscode from 'vscode';
import type { FactState } from '../../sidecar/protocol';
import { UserError } from '../errors';
import type { FactList } from '../factList';
import { clip } from '../source/statement';

/** Characters of an answer or a question in the picker. */
const MOST_SHOWN = 200;

/** How the user picks a fact. */
export interface Picking {
  readonly placeHolder: string;
  /** Which facts the command is for; all if not given. */
  readonly fits?: (fact: FactState) => boolean;
  /** What is said where there are facts, but none fits. */
  readonly none?: string;
}

/**
 * The facts that a command was called on: tree items, a fact's id, or else one that the user picks.
 * Rejects with CancellationError when nothing is picked.
 * @param item first argument of a tree command, or an id
 * @param selected second argument of a tree command: all selected items
 */
export async function targetFacts(
  facts: FactList,
  item: unknown,
  selected: unknown,
  picking: Picking,
): Promise<FactState[]> {
  const asked: unknown[] = Array.isArray(selected) && selected.length > 0 ? selected : [item];
  if (asked[0] === undefined) return [await pickFact(facts, picking)];
  return asked.map((entry) => {
    const id = typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : entry;
    const fact = facts.byId(String(id));
    if (!fact) throw new UserError('This fact is no longer in the list.');
    return fact;
  });
}

/** Like targetFacts, for commands that work on one fact. */
export async function targetFact(facts: FactList, item: unknown, picking: Picking): Promise<FactState> {
  const [fact] = await targetFacts(facts, item, undefined, picking);
  if (!fact) throw new vscode.CancellationError();
  return fact;
}

async function pickFact(
  facts: FactList,
  { placeHolder, fits = () => true, none = '' }: Picking,
): Promise<FactState> {
  if (facts.all.length === 0) throw new UserError('No facts have been taught yet.');
  const fitting = facts.all.filter(fits);
  if (fitting.length === 0) throw new UserError(none);
  const items = fitting.map((fact) => ({
    label: clip(fact.answer, MOST_SHOWN),
    description: clip(fact.questions[0] ?? '', MOST_SHOWN),
    detail: fact.source?.file,
    fact,
  }));
  const options = { placeHolder, matchOnDescription: true, matchOnDetail: true };
  const picked = await vscode.window.showQuickPick(items, options);
  if (!picked) throw new vscode.CancellationError();
  return picked.fact;
}
