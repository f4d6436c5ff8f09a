import * as vscode from 'vscode';
import type { Status } from '../sidecar/protocol';
import type { SidecarClient, SidecarState } from './client';
import { countedFacts } from './factList';
import { Commands, ContextKeys } from './ids';
import type { Memory } from './memory';
import type { SidecarStatus } from './sidecarStatus';

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

/** The status bar item: the model, how many facts it knows, its health, and how far a consolidation is. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'quickfire.status',
    vscode.StatusBarAlignment.Right,
    90,
  );
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly client: SidecarClient,
    private readonly status: SidecarStatus,
    private readonly memory: Memory,
  ) {
    this.item.name = 'Quickfire';
    this.item.command = Commands.showActions;
    this.subscriptions = [
      client.onDidChangeState((state) => this.onState(state)),
      status.onDidChange(() => this.render()),
      memory.onDidChange(() => this.render()),
      memory.onDidProgress(() => this.render()),
    ];
    this.onState(client.state);
    this.item.show();
  }

  /** One line for the QuickPick of actions. */
  summary(): string {
    const { current } = this.status;
    if (!current) return this.stateText();
    const { model, executionProvider, message } = current;
    return [model, executionProvider, counts(current), message, this.memory.progressText]
      .filter(Boolean)
      .join(' · ');
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
    return this.client.state === 'stopped' ? 'error' : (this.status.current?.health ?? 'starting');
  }

  private stateText(): string {
    return this.client.state === 'stopped' ? 'The sidecar is not running' : 'Loading the model';
  }

  private render(): void {
    const { icon, background } = LOOKS[this.health()];
    const { current } = this.status;
    const { progressText } = this.memory;
    this.item.text = progressText
      ? `$(sync~spin) ${progressText}`
      : `$(${icon}) ${current ? countedFacts(current.facts) : 'Quickfire'}`;
    this.item.accessibilityInformation = { label: `Quickfire: ${this.summary()}` };
    this.item.backgroundColor = background === undefined ? undefined : new vscode.ThemeColor(background);
    this.item.tooltip = this.tooltip();
  }

  private tooltip(): vscode.MarkdownString {
    const { askQuestion, restartSidecar, showLog } = Commands;
    const markdown = new vscode.MarkdownString('**Quickfire**\n\n', true);
    markdown.isTrusted = { enabledCommands: [askQuestion, restartSidecar, showLog] };
    const { current } = this.status;
    if (current) {
      const { model, executionProvider, providerProblems, message } = current;
      markdown
        .appendMarkdown('$(chip) ')
        .appendText(executionProvider === '' ? model : `${model} (${executionProvider})`);
      for (const problem of providerProblems) markdown.appendMarkdown('  \n$(info) ').appendText(problem);
      markdown.appendMarkdown(`  \n$(zap) ${counts(current)}`);
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

/** How many facts there are and, where not all are learned, how many are, and how many are disabled. */
function counts({ facts, learned, disabled }: Status): string {
  return [
    countedFacts(facts),
    ...(learned < facts ? [`${learned} learned`] : []),
    ...(disabled > 0 ? [`${disabled} disabled`] : []),
  ].join(', ');
}
