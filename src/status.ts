import * as vscode from 'vscode';
import type { Status } from '../sidecar/protocol';
import type { SidecarClient, SidecarState } from './client';
import { Commands, ContextKeys } from './ids';

interface Look {
  readonly icon: string;
  readonly background?: string;
}

const LOOKS: Record<Status['health'], Look> = {
  starting: { icon: 'loading~spin' },
  ok: { icon: 'zap' },
  warning: { icon: 'warning', background: 'statusBarItem.warningBackground' },
  error: { icon: 'error', background: 'statusBarItem.errorBackground' },
};

/** The status bar item: the model, how many facts it knows, and its health. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'quickfire.status',
    vscode.StatusBarAlignment.Right,
    90,
  );
  private readonly subscriptions: vscode.Disposable[];
  private status: Status | undefined;

  constructor(private readonly client: SidecarClient) {
    this.item.name = 'Quickfire';
    this.item.command = Commands.showActions;
    this.subscriptions = [
      client.onDidChangeState((state) => this.onState(state)),
      client.on('statusChanged', (status) => this.update(status)),
    ];
    this.onState(client.state);
    this.item.show();
  }

  /** Shows a status that was asked for rather than notified. */
  update(status: Status): void {
    this.status = status;
    this.render();
  }

  /** One line for the QuickPick of actions. */
  summary(): string {
    if (this.client.state !== 'running' || !this.status) return this.stateText();
    const { model, facts, learned, executionProvider, message } = this.status;
    const count = facts === learned ? counted(facts) : `${counted(facts)}, ${learned} learned`;
    return [model, executionProvider, count, ...(message ? [message] : [])].join(' · ');
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.item.dispose();
  }

  private onState(state: SidecarState): void {
    void vscode.commands.executeCommand('setContext', ContextKeys.sidecar, state);
    this.render();
  }

  private health(): Status['health'] {
    if (this.client.state === 'stopped') return 'error';
    return this.client.state === 'starting' ? 'starting' : (this.status?.health ?? 'starting');
  }

  private stateText(): string {
    return this.client.state === 'stopped' ? 'The sidecar is not running' : 'Loading the model';
  }

  private render(): void {
    const { icon, background } = LOOKS[this.health()];
    const count = this.client.state === 'running' && this.status ? counted(this.status.facts) : 'Quickfire';
    this.item.text = `$(${icon}) ${count}`;
    this.item.accessibilityInformation = { label: `Quickfire: ${this.summary()}` };
    this.item.backgroundColor = background === undefined ? undefined : new vscode.ThemeColor(background);
    this.item.tooltip = this.tooltip();
  }

  private tooltip(): vscode.MarkdownString {
    const { askQuestion, restartSidecar, showLog } = Commands;
    const markdown = new vscode.MarkdownString('**Quickfire**\n\n', true);
    markdown.isTrusted = { enabledCommands: [askQuestion, restartSidecar, showLog] };
    if (this.client.state === 'running' && this.status) {
      const { model, executionProvider, facts, learned, message } = this.status;
      markdown.appendMarkdown('$(chip) ').appendText(`${model} (${executionProvider})`);
      markdown.appendMarkdown(`  \n$(zap) ${counted(facts)}, ${learned} learned`);
      if (message) markdown.appendMarkdown('  \n$(info) ').appendText(message);
    } else {
      markdown.appendText(this.stateText());
    }
    markdown.appendMarkdown(
      `\n\n---\n\n[Ask](command:${askQuestion}) · [Restart](command:${restartSidecar}) · [Show log](command:${showLog})`,
    );
    return markdown;
  }
}

function counted(facts: number): string {
  return facts === 1 ? '1 fact' : `${facts} facts`;
}
