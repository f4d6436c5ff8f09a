import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { AskResult, Fired } from '../../sidecar/protocol';
import type { SidecarClient } from '../client';
import { isCancellation, messageOf } from '../errors';
import type { FactList } from '../factList';
import { Commands, Views } from '../ids';
import { locationOf } from '../source/selection';
import { showPage } from '../webviewPage';
import { FromPage, type FiredFact, type Side, type ToPage } from './messages';
import { ASK_PAGE } from './page';

/** Key under which it is kept whether the untaught model is asked too. */
const COMPARE = 'compare';

/** A question that is being answered. */
interface Running {
  readonly id: string;
  readonly source: vscode.CancellationTokenSource;
  /** The answers that are still to come, and what was last heard of each. */
  readonly pending: Map<Side, 'waits' | 'token'>;
}

/** The Ask panel: runs questions here and tells the page what to show. */
export class AskView implements vscode.WebviewViewProvider, vscode.Disposable {
  private readonly registration: vscode.Disposable;
  private view: vscode.WebviewView | undefined;
  private ready = false;
  /** Messages for a page that is not there yet. */
  private waiting: ToPage[] = [];
  private compare: boolean;
  private running: Running | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly client: SidecarClient,
    private readonly facts: FactList,
    private readonly kept: vscode.Memento,
  ) {
    // A question may come before the page, which keeps its switch too, is there.
    this.compare = kept.get(COMPARE, false);
    this.registration = vscode.window.registerWebviewViewProvider(Views.ask, this);
  }

  /** Shows the panel and puts the cursor in its question box. */
  async focus(): Promise<void> {
    await vscode.commands.executeCommand(`${Views.ask}.focus`);
    this.post({ type: 'focus' });
  }

  /**
   * Asks, streaming into the page; an answer still running is stopped first.
   * @returns the taught model's result; undefined when it was stopped or failed (the page says so)
   */
  async ask(question: string): Promise<AskResult | undefined> {
    this.stop();
    const { compare } = this;
    const source = new vscode.CancellationTokenSource();
    const running: Running = { id: randomUUID(), source, pending: new Map([['taught', 'token']]) };
    if (compare) running.pending.set('untaught', 'token');
    this.running = running;
    this.post({ type: 'begin', id: running.id, question, compare });
    try {
      const taught = await this.answer(running, 'taught', question);
      if (compare) await this.answer(running, 'untaught', question);
      return taught;
    } finally {
      if (this.running === running) this.running = undefined;
      source.dispose();
    }
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    this.ready = false;
    const { webview } = view;
    webview.onDidReceiveMessage((message: unknown) => this.receive(message));
    // A hidden page is thrown away and takes no messages; shown again, it says `ready` anew.
    view.onDidChangeVisibility(() => {
      this.ready = false;
      if (view.visible) void webview.postMessage({ type: 'hello' } satisfies ToPage);
    });
    view.onDidDispose(() => {
      this.view = undefined;
      this.ready = false;
    });
    showPage(webview, this.extensionUri, ASK_PAGE);
  }

  dispose(): void {
    this.stop();
    this.registration.dispose();
  }

  private setCompare(compare: boolean): void {
    if (compare === this.compare) return;
    this.compare = compare;
    void this.kept.update(COMPARE, compare);
  }

  private stop(): void {
    this.running?.source.cancel();
  }

  private receive(raw: unknown): void {
    const message = FromPage.parse(raw);
    switch (message.type) {
      case 'ready':
        this.setCompare(message.compare);
        this.ready = true;
        this.waiting.splice(0).forEach((waiting) => this.post(waiting));
        this.resume();
        return;
      case 'compare':
        this.setCompare(message.compare);
        return;
      case 'ask':
        void this.ask(message.question);
        return;
      case 'stop':
        this.stop();
        return;
      case 'openSource':
        void vscode.commands.executeCommand(Commands.openSource, message.factId);
    }
  }

  /** A page that was thrown away took what it waited for as stopped. */
  private resume(): void {
    if (!this.running) return;
    const { id, pending } = this.running;
    for (const [side, last] of pending) {
      this.post(last === 'waits' ? { type: 'waits', id, side } : { type: 'token', id, side, text: '' });
    }
  }

  private async answer(
    { id, source: { token }, pending }: Running,
    side: Side,
    question: string,
  ): Promise<AskResult | undefined> {
    const askId = `${id}/${side}`;
    const tokens = this.client.on('askToken', (event) => {
      if (event.askId !== askId) return;
      pending.set(side, 'token');
      this.post({ type: 'token', id, side, text: event.text });
    });
    const waits = this.client.on('askWaits', (event) => {
      if (event.askId !== askId) return;
      pending.set(side, 'waits');
      this.post({ type: 'waits', id, side });
    });
    // A stopped answer is over at once, however long the sidecar takes to hear of it.
    const stopped = new Promise<never>((_, reject) => {
      token.onCancellationRequested(() => reject(new vscode.CancellationError()));
    });
    try {
      const params = { askId, question, untaught: side === 'untaught' };
      const result = await Promise.race([this.client.request('ask', params, token), stopped]);
      const { answer, abstained, similar, ms } = result;
      const fired = this.describe(result.fired);
      this.post({ type: 'answer', id, side, answer, abstained, fired, similar, ms });
      return result;
    } catch (error) {
      if (isCancellation(error)) this.post({ type: 'stopped', id, side });
      else this.post({ type: 'failed', id, side, message: messageOf(error) });
      return undefined;
    } finally {
      pending.delete(side);
      tokens.dispose();
      waits.dispose();
    }
  }

  private describe(fired: readonly Fired[]): FiredFact[] {
    return fired.flatMap(({ factId, strength }) => {
      const fact = this.facts.byId(factId);
      if (!fact) return [];
      const { answer, questions } = fact;
      return [{ factId, strength, answer, question: questions[0] ?? '', location: locationOf(fact) }];
    });
  }

  private post(message: ToPage): void {
    if (this.view && this.ready) void this.view.webview.postMessage(message);
    else this.waiting.push(message);
  }
}
