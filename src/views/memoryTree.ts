import * as vscode from 'vscode';
import type { FactList } from '../factList';
import { Views } from '../ids';
import type { Memory } from '../memory';
import { heldFactItem, memoryRows, weakestFacts, type HeldFact } from './memoryRows';

type Node = vscode.TreeItem | HeldFact;

/** "5 minutes ago" is drawn anew this often while it is in sight. */
const CLOCK_MS = 60_000;

/** The capacity view: what the memory holds, how well, and whether it is being consolidated. */
export class MemoryTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changeEmitter = new vscode.EventEmitter<void>();
  private readonly view: vscode.TreeView<Node>;
  private readonly subscriptions: vscode.Disposable[];
  private readonly weakest = new vscode.TreeItem('Weakest facts', vscode.TreeItemCollapsibleState.Expanded);
  private endProgress: (() => void) | undefined;

  readonly onDidChangeTreeData = this.changeEmitter.event;

  constructor(
    private readonly memory: Memory,
    private readonly facts: FactList,
  ) {
    this.weakest.id = 'weakest';
    this.view = vscode.window.createTreeView(Views.memory, { treeDataProvider: this });
    const refresh = (): void => this.changeEmitter.fire();
    const clock = setInterval(() => {
      if (this.view.visible) refresh();
    }, CLOCK_MS);
    this.subscriptions = [
      memory.onDidChange(() => {
        refresh();
        this.showConsolidation();
      }),
      memory.onDidProgress(() => this.showConsolidation()),
      facts.onDidChange(refresh),
      this.view,
      new vscode.Disposable(() => clearInterval(clock)),
    ];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node instanceof vscode.TreeItem ? node : heldFactItem(node);
  }

  getChildren(node?: Node): Node[] {
    const { current } = this.memory;
    if (!current || current.facts === 0) return [];
    const weakest = weakestFacts(current, (id) => this.facts.byId(id));
    if (node) return node === this.weakest ? weakest : [];
    return [...memoryRows(current, new Date()), ...(weakest.length > 0 ? [this.weakest] : [])];
  }

  dispose(): void {
    this.endProgress?.();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changeEmitter.dispose();
  }

  /** The view's title says how far the consolidation is, and its bar moves while it runs. */
  private showConsolidation(): void {
    this.view.description = this.memory.progressText ?? this.endText();
    if (!this.memory.isConsolidating) {
      this.endProgress?.();
      this.endProgress = undefined;
    } else if (!this.endProgress) {
      const end = new Promise<void>((resolve) => (this.endProgress = resolve));
      void vscode.window.withProgress({ location: { viewId: Views.memory } }, () => end);
    }
  }

  private endText(): string {
    const { consolidation, facts = 0 } = this.memory.current ?? {};
    switch (consolidation) {
      case 'done':
        return 'Consolidated';
      case 'undone':
        return 'Not consolidated: it made recall worse';
      case 'due':
        // Of a single fact nothing is due by itself.
        return facts > 1 ? 'Consolidation due' : '';
      default:
        return '';
    }
  }
}
