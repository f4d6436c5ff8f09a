import * as vscode from 'vscode';
import type { FactState } from '../../sidecar/protocol';
import { countedFacts, type FactList } from '../factList';
import { Views } from '../ids';
import { factItem } from './factItem';

const TOGGLE = 'list.toggleSelection';

/** The list of learned facts, with their count as a badge. */
export class FactsTree implements vscode.TreeDataProvider<FactState>, vscode.Disposable {
  private readonly changeEmitter = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<FactState>;
  private readonly subscription: vscode.Disposable;

  readonly onDidChangeTreeData = this.changeEmitter.event;

  constructor(private readonly facts: FactList) {
    this.view = vscode.window.createTreeView(Views.facts, {
      treeDataProvider: this,
      canSelectMany: true,
    });
    this.subscription = facts.onDidChange((all) => {
      this.view.badge =
        all.length === 0
          ? undefined
          : { value: all.length, tooltip: `${countedFacts(all.length)} taught to Quickfire` };
      this.changeEmitter.fire();
    });
  }

  /**
   * What a key is meant for: the selection where the focus is in it, else the fact that has the focus. That one is
   * known only by what toggling it changes.
   */
  async chosen(): Promise<readonly FactState[]> {
    const { selection } = this.view;
    await vscode.commands.executeCommand(TOGGLE);
    const toggled = this.view.selection;
    await vscode.commands.executeCommand(TOGGLE);
    const added = toggled.filter(({ id }) => !selection.some((fact) => fact.id === id));
    return added.length > 0 ? added : selection;
  }

  getTreeItem(fact: FactState): vscode.TreeItem {
    return factItem(fact);
  }

  getChildren(fact?: FactState): FactState[] {
    return fact ? [] : [...this.facts.all];
  }

  dispose(): void {
    this.subscription.dispose();
    this.view.dispose();
    this.changeEmitter.dispose();
  }
}
