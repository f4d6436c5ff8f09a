import * as vscode from 'vscode';
import type { Fact, FactState } from '../../sidecar/protocol';
import type { SidecarClient } from '../client';
import { messageOf } from '../errors';
import type { FactList } from '../factList';
import { Commands, WebviewTypes } from '../ids';
import type { Memory } from '../memory';
import { clip } from '../source/statement';
import { locationOf } from '../source/selection';
import { conditionOf, conditionText, scopeText } from '../views/factCondition';
import { showPage } from '../webviewPage';
import { FromPage, Kept, type FactAction, type FactView, type ToPage } from './messages';
import { DETAILS_PAGE } from './page';

const COMMANDS = {
  openSource: Commands.openSource,
  ask: Commands.askFact,
  edit: Commands.editFact,
  enable: Commands.enableFact,
  disable: Commands.disableFact,
  forget: Commands.forgetFact,
} as const satisfies Record<FactAction, string>;

/** The editor that shows one fact with its firing picture; showing another fact reuses it. */
export class FactDetails implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  private panel: vscode.WebviewPanel | undefined;
  private factId = '';
  private ready = false;
  /** Counts the drawings, so that a late answer does not overwrite a newer one. */
  private drawing = 0;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly client: SidecarClient,
    private readonly facts: FactList,
    memory: Memory,
  ) {
    const draw = (): void => void this.draw();
    this.subscriptions = [
      facts.onDidChange(draw),
      memory.onDidChange(() => {
        // To ask for a picture would stop a consolidation that began by itself, and only its end changes it.
        if (!memory.isConsolidating) draw();
      }),
      vscode.window.registerWebviewPanelSerializer(WebviewTypes.fact, this),
    ];
  }

  /** Shows a fact, in the editor that is there or in a new one, and gives it the focus if that is not to stay. */
  show(fact: FactState, preserveFocus = false): void {
    this.factId = fact.id;
    if (this.panel) {
      this.panel.reveal(undefined, preserveFocus);
      void this.draw();
    } else {
      const place = { viewColumn: vscode.ViewColumn.Active, preserveFocus };
      const options = { enableFindWidget: true };
      this.adopt(vscode.window.createWebviewPanel(WebviewTypes.fact, 'Fact', place, options));
    }
  }

  /** When the fact on show was replaced, by an edit or its undo, shows what it was replaced by. */
  follow(old: Fact, edited: Fact): void {
    if (this.factId !== old.id) return;
    this.factId = edited.id;
    void this.draw();
  }

  /** A window that starts anew brings back its editors. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = Kept.safeParse(state);
    if (this.panel || !kept.success) {
      panel.dispose();
    } else {
      this.factId = kept.data.factId;
      this.adopt(panel);
    }
    return Promise.resolve();
  }

  dispose(): void {
    this.panel?.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    this.ready = false;
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'fact.svg');
    panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message));
    panel.onDidChangeViewState(() => {
      if (panel.visible) void this.draw();
      else this.ready = false;
    });
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
    });
    showPage(panel.webview, this.extensionUri, DETAILS_PAGE);
  }

  private receive(raw: unknown): void {
    const message = FromPage.parse(raw);
    if (message.type === 'ready') {
      this.ready = true;
      void this.draw();
    } else {
      void vscode.commands.executeCommand(COMMANDS[message.action], message.factId);
    }
  }

  /** Names the editor, and tells the page what to show; a hidden page is told when it says `ready` again. */
  private async draw(): Promise<void> {
    const { panel } = this;
    if (!panel || !this.facts.isKnown) return;
    const fact = this.facts.byId(this.factId);
    panel.title = fact ? clip(fact.answer, 30) : 'Fact';
    if (!panel.visible || !this.ready) return;
    const post = (message: ToPage): void => void panel.webview.postMessage(message);
    const drawing = ++this.drawing;
    if (!fact) {
      post({ type: 'gone', text: goneText() });
      return;
    }
    post({ type: 'fact', fact: viewOf(fact) });
    const picture = await this.picture(fact.id);
    if (drawing === this.drawing && panel === this.panel) post(picture);
  }

  private async picture(factId: string): Promise<ToPage> {
    try {
      return { type: 'firing', firing: await this.client.request('firing', { factId }) };
    } catch (error) {
      return { type: 'noFiring', factId, reason: messageOf(error) };
    }
  }
}

function goneText(): string {
  return vscode.workspace.isTrusted
    ? 'This fact was forgotten.'
    : 'This fact cannot be shown because the workspace is not trusted. Trust the workspace to load its facts.';
}

function viewOf(fact: FactState): FactView {
  const { id, questions, answer, statement, taughtAt } = fact;
  return {
    id,
    questions,
    answer,
    statement,
    condition: conditionOf(fact),
    conditionText: conditionText(fact),
    location: locationOf(fact),
    origin: `Taught on ${new Date(taughtAt).toLocaleString()} · ${scopeText(fact)}`,
  };
}
