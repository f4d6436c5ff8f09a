import * as vscode from 'vscode';
import { CancellationToken, type LanguageClient } from 'vscode-languageclient/node';
import type * as z from 'zod';
import { Requests, type InitializationOptions, type Notifications } from '../sidecar/protocol';
import { isCancellation, messageOf, UserError, type Action } from './errors';
import { createLanguageClient } from './languageClient';

export type RequestName = keyof typeof Requests;
export type RequestParams<K extends RequestName> = z.input<(typeof Requests)[K]['params']>;
export type RequestResult<K extends RequestName> = z.output<(typeof Requests)[K]['result']>;
export type NotificationName = keyof typeof Notifications;
export type NotificationParams<K extends NotificationName> = z.output<(typeof Notifications)[K]['params']>;

/** Whether the sidecar can be asked. */
export type SidecarState = 'starting' | 'running' | 'stopped';

/** A second death within this time is not answered by another silent restart. */
const RESTART_WINDOW_MS = 3 * 60_000;

const RESTART_TITLE = 'Restart';

/** How a client is made; options are read anew at each start. */
export interface SidecarOptions {
  /** Absolute path of the bundled sidecar. */
  readonly module: string;
  readonly log: vscode.LogOutputChannel;
  initializationOptions(): Promise<InitializationOptions>;
}

/**
 * The sidecar as the extension sees it: typed requests and notifications, one automatic restart
 * after a death, and restarts that are coalesced. Each start gets a new language client.
 */
export class SidecarClient implements vscode.Disposable {
  private readonly stateEmitter = new vscode.EventEmitter<SidecarState>();
  private readonly deathEmitter = new vscode.EventEmitter<UserError>();
  /** Ends a request whose answer will not come. */
  private readonly pending = new Set<(error: Error) => void>();
  private readonly listeners = new Map<string, Set<(params: unknown) => void>>();
  private client: LanguageClient | undefined;
  private current: Promise<void> = Promise.resolve();
  private queued: Promise<void> | undefined;
  private lastDeath = 0;
  private disposed = false;
  private stateValue: SidecarState = 'starting';

  readonly onDidChangeState = this.stateEmitter.event;
  /** Fires when the sidecar is gone and will not come back by itself. */
  readonly onDidGiveUp = this.deathEmitter.event;

  constructor(private readonly options: SidecarOptions) {}

  get state(): SidecarState {
    return this.stateValue;
  }

  /** Process id of the sidecar, while it runs. */
  get pid(): number | undefined {
    return this.client?.serverProcess?.pid;
  }

  /** Starts, or stops and starts again. Calls made while one waits share it. Rejects with a UserError. */
  restart(): Promise<void> {
    this.queued ??= this.current
      .catch(() => undefined)
      .then(() => {
        this.queued = undefined;
        this.current = this.replaceClient();
        return this.current;
      });
    return this.queued;
  }

  /**
   * Sends a request, waiting for a start in progress. The result is parsed by the protocol's schema.
   * Rejects with CancellationError when the token fires, with UserError when the sidecar is not there or died.
   */
  async request<K extends RequestName>(
    name: K,
    params: RequestParams<K>,
    token: vscode.CancellationToken = CancellationToken.None,
  ): Promise<RequestResult<K>> {
    await (this.queued ?? this.current);
    const client = this.client;
    if (!client?.isRunning())
      throw this.unavailable('The Quickfire sidecar is not running. Run “Quickfire: Restart Sidecar”.');
    try {
      const raw = await this.answered(client.sendRequest<unknown>(Requests[name].method, params, token));
      return Requests[name].result.parse(raw) as RequestResult<K>;
    } catch (error) {
      if (token.isCancellationRequested || isCancellation(error)) throw new vscode.CancellationError();
      if (client !== this.client || !client.isRunning()) {
        throw this.unavailable(
          'The Quickfire sidecar stopped before it finished. Your facts are safe on disk.',
        );
      }
      throw error;
    }
  }

  /** Listens to a notification, over all restarts. */
  on<K extends NotificationName>(
    name: K,
    listener: (params: NotificationParams<K>) => void,
  ): vscode.Disposable {
    const set = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, set);
    const entry = (params: unknown): void => listener(params as NotificationParams<K>);
    set.add(entry);
    return new vscode.Disposable(() => set.delete(entry));
  }

  async stop(): Promise<void> {
    this.disposed = true;
    await this.current.catch(() => undefined);
    await this.stopClient();
  }

  dispose(): void {
    this.stateEmitter.dispose();
    this.deathEmitter.dispose();
    void this.stop();
  }

  private setState(state: SidecarState): void {
    if (state === this.stateValue || this.disposed) return;
    this.stateValue = state;
    this.stateEmitter.fire(state);
  }

  private unavailable(message: string): UserError {
    return new UserError(message, this.state === 'stopped' ? [this.restartAction()] : []);
  }

  private restartAction(): Action {
    return { title: RESTART_TITLE, run: () => this.restart() };
  }

  /** The answer to a request; a sidecar that was stopped, or has died, may leave it open for good. */
  private answered(answer: Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.pending.add(reject);
      void answer.then(resolve, reject).finally(() => this.pending.delete(reject));
    });
  }

  private endPending(): void {
    for (const reject of this.pending) reject(new Error('The connection was closed.'));
    this.pending.clear();
  }

  private async stopClient(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.needsStop())
      await client.stop().catch((error: unknown) => this.options.log.warn(messageOf(error)));
    await client?.dispose().catch(() => undefined);
    this.endPending();
  }

  private async replaceClient(): Promise<void> {
    await this.stopClient();
    if (this.disposed) return;
    this.setState('starting');
    try {
      const client: LanguageClient = createLanguageClient({
        module: this.options.module,
        log: this.options.log,
        initializationOptions: await this.options.initializationOptions(),
        onClosed: () => this.onClosed(client),
        onNotification: (name, params) => this.listeners.get(name)?.forEach((listener) => listener(params)),
      });
      this.client = client;
      await client.start();
    } catch (error) {
      this.client = undefined;
      this.setState('stopped');
      const actions = error instanceof UserError ? error.actions : [];
      throw new UserError(`The Quickfire sidecar did not start: ${messageOf(error)}`, [
        ...actions,
        this.restartAction(),
      ]);
    }
    this.setState('running');
  }

  /** A connection ended that nobody asked to end. A failed start is reported by replaceClient. */
  private onClosed(client: LanguageClient): void {
    if (this.disposed || client !== this.client || this.state !== 'running') return;
    this.client = undefined;
    this.endPending();
    const first = Date.now() - this.lastDeath > RESTART_WINDOW_MS;
    this.lastDeath = Date.now();
    this.options.log.error(`The sidecar exited unexpectedly${first ? '; restarting it once' : ' again'}.`);
    const giveUp = (error: UserError): void => this.deathEmitter.fire(error);
    if (first) {
      this.setState('starting');
      this.restart().catch((error: unknown) => giveUp(error as UserError));
      return;
    }
    this.setState('stopped');
    giveUp(
      new UserError('The Quickfire sidecar stopped twice. Your facts are safe on disk.', [
        this.restartAction(),
      ]),
    );
  }
}
