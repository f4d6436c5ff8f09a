import * as vscode from 'vscode';
import type { FactState } from '../../sidecar/protocol';
import type { SidecarClient } from '../client';
import type { Messages } from '../errors';
import { countedFacts, type FactList } from '../factList';
import { SETTINGS_SECTION, Settings, Views } from '../ids';
import { modelFolder, namedFolder, shippedModel } from '../options';
import type { SidecarStatus } from '../sidecarStatus';
import { clip } from '../source/statement';

/** Facts that a message names. */
const MOST_NAMED = 3;

/** Which model is used: what the setting says, and nothing else. */
export class ModelSwitch {
  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly client: SidecarClient,
    private readonly status: SidecarStatus,
    private readonly facts: FactList,
    private readonly messages: Messages,
  ) {}

  /** Folder of the model in use. */
  get current(): string {
    return modelFolder(this.context);
  }

  /** Folder of the model that ships with the extension. */
  get shipped(): string {
    return shippedModel(this.context);
  }

  /**
   * Has the sidecar use the model of a folder; at its start it learns the facts anew. Says then which of
   * them this model did not learn. Resolves without a word when the model cannot be used: its status says so.
   */
  async use(folder: string): Promise<void> {
    if (folder === this.current) await this.client.restart();
    else await this.set(folder);
    const { health, model } = await this.status.settled();
    if (health === 'error') return;
    await this.facts.refresh();
    this.report(model, this.facts.all);
  }

  /** Empties the setting, for the user and for the workspace, where it names a folder that is about to be deleted. */
  async forget(folder: string): Promise<void> {
    const settings = vscode.workspace.getConfiguration(SETTINGS_SECTION);
    const { globalValue, workspaceValue } = settings.inspect<unknown>(Settings.model) ?? {};
    const { Global, Workspace } = vscode.ConfigurationTarget;
    const levels = [
      { value: globalValue, target: Global },
      ...(vscode.workspace.isTrusted ? [{ value: workspaceValue, target: Workspace }] : []),
    ];
    for (const { value, target } of levels) {
      const names = typeof value === 'string' && namedFolder(value.trim()) === folder;
      if (names) await settings.update(Settings.model, '', target);
    }
  }

  /** Writes the setting where it has an effect, and waits until the change is known: a restart is under way then. */
  private async set(folder: string): Promise<void> {
    const settings = vscode.workspace.getConfiguration(SETTINGS_SECTION);
    const inWorkspace =
      vscode.workspace.isTrusted && settings.inspect(Settings.model)?.workspaceValue !== undefined;
    const { Global, Workspace } = vscode.ConfigurationTarget;
    const changed = new Promise<void>((resolve) => {
      const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration(`${SETTINGS_SECTION}.${Settings.model}`)) return;
        subscription.dispose();
        resolve();
      });
    });
    // The shipped model's own folder is another one after each update of the extension.
    const value = folder === this.shipped ? '' : folder;
    await settings.update(Settings.model, value, inWorkspace ? Workspace : Global);
    await changed;
  }

  private report(model: string, facts: readonly FactState[]): void {
    const wanted = facts.filter(({ enabled }) => enabled);
    const missing = wanted.filter(({ learned }) => !learned);
    const now = `Quickfire now uses ${model}.`;
    if (missing.length === 0) {
      const again = wanted.length > 0 ? ` It has re-learned ${countedFacts(wanted.length)}.` : '';
      this.messages.show('information', now + again);
      return;
    }
    const named = missing.slice(0, MOST_NAMED).map(({ questions }) => `“${clip(questions[0] ?? '', 60)}”`);
    const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : '';
    this.messages.show(
      'warning',
      `${now} It could not learn ${missing.length} of ${countedFacts(wanted.length)}: ${named.join(', ')}${more}.`,
      [{ title: 'Show Facts', run: () => vscode.commands.executeCommand(`${Views.facts}.focus`) }],
    );
  }
}
