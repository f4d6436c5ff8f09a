import * as vscode from 'vscode';
import { endpointOf } from '../../sidecar/hub/address';
import type { Hub } from '../../sidecar/hub/request';
import { SETTINGS_SECTION, Settings } from '../ids';

/** The hub that the settings name, and the user's token for it, which only the secret storage keeps. */
export class HubAccess {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  /** @throws HubError if the setting is not an address that may be asked. */
  async hub(): Promise<Hub> {
    const endpoint = endpointOf(endpointSetting());
    return { endpoint, token: await this.secrets.get(keyOf(endpoint)) };
  }

  /**
   * Asks for the token and keeps it; an empty one is forgotten. Rejects with CancellationError on Escape.
   * @param prompt says why it is asked for
   */
  async askToken(prompt: string): Promise<void> {
    const key = keyOf(endpointOf(endpointSetting()));
    const token = await vscode.window.showInputBox({
      title: 'Hugging Face Token',
      prompt,
      placeHolder: 'hf_…',
      password: true,
      ignoreFocusOut: true,
    });
    if (token === undefined) throw new vscode.CancellationError();
    await (token.trim() === '' ? this.secrets.delete(key) : this.secrets.store(key, token.trim()));
  }
}

function endpointSetting(): string {
  return vscode.workspace.getConfiguration(SETTINGS_SECTION).get<string>(Settings.hubEndpoint, '');
}

/** A token is for one hub: another one that the settings name later does not get to see it. */
function keyOf(endpoint: string): string {
  return `hub.token ${endpoint}`;
}
