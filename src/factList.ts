import * as vscode from 'vscode';
import type { FactState } from '../sidecar/protocol';
import type { SidecarClient } from './client';
import { ContextKeys } from './ids';

/** The facts as the sidecar last told them, newest first. */
export class FactList implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<readonly FactState[]>();
  private readonly subscription: vscode.Disposable;
  private facts: readonly FactState[] | undefined;

  readonly onDidChange = this.emitter.event;

  constructor(private readonly client: SidecarClient) {
    this.subscription = client.on('factsChanged', (facts) => this.set(facts));
  }

  get all(): readonly FactState[] {
    return this.facts ?? [];
  }

  /** Whether the sidecar has told them yet. */
  get isKnown(): boolean {
    return this.facts !== undefined;
  }

  byId(id: string): FactState | undefined {
    return this.all.find((fact) => fact.id === id);
  }

  /** Asks the sidecar for the whole list, e.g. after a start. */
  async refresh(): Promise<void> {
    this.set(await this.client.request('listFacts', {}));
  }

  dispose(): void {
    this.subscription.dispose();
    this.emitter.dispose();
  }

  private set(facts: readonly FactState[]): void {
    this.facts = facts.toSorted((a, b) => b.taughtAt.localeCompare(a.taughtAt) || a.id.localeCompare(b.id));
    void vscode.commands.executeCommand('setContext', ContextKeys.hasFacts, facts.length > 0);
    this.emitter.fire(this.facts);
  }
}

/** A number of facts in words. */
export function countedFacts(count: number): string {
  return count === 1 ? '1 fact' : `${count} facts`;
}
