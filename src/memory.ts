import * as vscode from 'vscode';
import type { MemoryState } from '../sidecar/protocol';
import type { NotificationParams, SidecarClient } from './client';
import { countedFacts } from './factList';
import { ContextKeys } from './ids';

/** How far a consolidation is. */
export type ConsolidationProgress = NotificationParams<'consolidationProgress'>;

const DOING: Record<ConsolidationProgress['phase'], string> = {
  record: 'Recording controls',
  replay: 'Replaying',
  verify: 'Verifying',
};

/** The memory as the sidecar last told it; nothing is known of it while the sidecar is not running. */
export class Memory implements vscode.Disposable {
  private readonly stateEmitter = new vscode.EventEmitter<void>();
  private readonly progressEmitter = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  private value: MemoryState | undefined;
  private latest: ConsolidationProgress | undefined;
  private learning: NotificationParams<'learningProgress'> | undefined;

  /** Something else is held, or a consolidation began or ended. */
  readonly onDidChange = this.stateEmitter.event;
  /** A running consolidation, or the learning of the files' facts, went on. */
  readonly onDidProgress = this.progressEmitter.event;

  constructor(private readonly client: SidecarClient) {
    this.subscriptions = [
      client.on('memoryChanged', (state) => this.set(state)),
      client.on('consolidationProgress', (progress) => {
        this.latest = progress;
        if (this.isConsolidating) this.progressEmitter.fire();
      }),
      client.on('learningProgress', (progress) => {
        this.learning = progress;
        this.progressEmitter.fire();
      }),
      client.onDidChangeState((state) => {
        if (state === 'running') return;
        this.learning = undefined;
        this.set(undefined);
      }),
    ];
    this.set(undefined);
  }

  get current(): MemoryState | undefined {
    return this.value;
  }

  get isConsolidating(): boolean {
    return this.value?.consolidation === 'running';
  }

  /** "Learning 40 of 300 facts" while those of the files are learned, "Replaying 40 %" while a consolidation runs. */
  get progressText(): string | undefined {
    if (this.learning && this.learning.done < this.learning.total)
      return `Learning ${this.learning.done} of ${countedFacts(this.learning.total)}`;
    if (!this.isConsolidating) return undefined;
    const { phase = 'replay', done = 0, total = 0 } = this.latest ?? {};
    return `${DOING[phase]} ${total > 0 ? Math.floor((100 * done) / total) : 0} %`;
  }

  /** Asks the sidecar, e.g. after a start. */
  async refresh(): Promise<void> {
    this.set(await this.client.request('memory', {}));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.stateEmitter.dispose();
    this.progressEmitter.dispose();
  }

  private set(state: MemoryState | undefined): void {
    this.value = state;
    if (!this.isConsolidating) this.latest = undefined;
    void vscode.commands.executeCommand(
      'setContext',
      ContextKeys.consolidation,
      state?.consolidation ?? 'unknown',
    );
    this.stateEmitter.fire();
  }
}
