import * as vscode from 'vscode';
import type { Status } from '../sidecar/protocol';
import type { SidecarClient } from './client';

/** The status as the sidecar last told it; none while no sidecar has answered since its start. */
export class SidecarStatus implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<Status>();
  private readonly subscriptions: vscode.Disposable[];
  private value: Status | undefined;

  readonly onDidChange = this.emitter.event;

  constructor(private readonly client: SidecarClient) {
    this.subscriptions = [
      client.on('statusChanged', (status) => this.set(status)),
      client.onDidChangeState((state) => {
        if (state !== 'running') this.value = undefined;
      }),
    ];
  }

  get current(): Status | undefined {
    return this.value;
  }

  async refresh(): Promise<void> {
    this.set(await this.client.request('status', {}));
  }

  /**
   * Waits until the model is loaded and its facts re-learned, or until that failed.
   * Rejects with CancellationError when the sidecar gives up meanwhile, which is told elsewhere.
   */
  async settled(): Promise<Status> {
    await this.refresh();
    if (this.value && this.value.health !== 'starting') return this.value;
    return await new Promise<Status>((resolve, reject) => {
      const end = (settle: () => void): void => {
        waiting.dispose();
        settle();
      };
      const waiting = vscode.Disposable.from(
        this.onDidChange((status) => {
          if (status.health !== 'starting') end(() => resolve(status));
        }),
        this.client.onDidChangeState((state) => {
          if (state === 'stopped') end(() => reject(new vscode.CancellationError()));
        }),
      );
    });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.emitter.dispose();
  }

  private set(status: Status): void {
    this.value = status;
    this.emitter.fire(status);
  }
}
