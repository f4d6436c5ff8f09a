import * as vscode from 'vscode';
import * as z from 'zod';
import { UserError } from '../errors';
import { SETTINGS_SECTION, Settings } from '../ids';
import { openSetting, settingOf } from '../settings';
import { endpointOf } from './hub/address';
import { HubError } from './hub/errors';
import type { Hub } from './hub/request';
import { isToken } from './hub/token';

/** The hub that the settings name, and the user's token for it, which only the secret storage keeps. */
export class HubAccess {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  /** @throws UserError if the setting is not an address that may be asked. */
  async hub(): Promise<Hub> {
    const endpoint = endpointSetting();
    return { endpoint, token: await this.secrets.get(keyOf(endpoint)) };
  }

  /**
   * Asks for the token and keeps it; an empty one is forgotten. Rejects with CancellationError on Escape.
   * @param prompt says why it is asked for
   */
  async askToken(prompt: string): Promise<void> {
    const key = keyOf(endpointSetting());
    const token = await vscode.window.showInputBox({
      title: 'Hugging Face Token',
      prompt,
      placeHolder: 'hf_…',
      password: true,
      ignoreFocusOut: true,
      validateInput: (text) =>
        text.trim() === '' || isToken(text.trim())
          ? undefined
          : 'Tokens contain only ASCII characters and no spaces. Copy it again.',
    });
    if (token === undefined) throw new vscode.CancellationError();
    await (token.trim() === '' ? this.secrets.delete(key) : this.secrets.store(key, token.trim()));
  }
}

/** @throws UserError that names the setting where it is not an address that may be asked */
function endpointSetting(): string {
  const name = Settings.hubEndpoint;
  try {
    return endpointOf(settingOf(name, z.string()));
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    throw new UserError(`The setting ${SETTINGS_SECTION}.${name} is invalid. ${error.message}`, [
      openSetting(name),
    ]);
  }
}

/** A token is for one hub: another one that the settings name later does not get to see it. */
function keyOf(endpoint: string): string {
  return `hub.token ${endpoint}`;
}
