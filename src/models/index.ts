import type * as vscode from 'vscode';
import type { SidecarClient } from '../client';
import type { Messages } from '../errors';
import type { FactList } from '../factList';
import type { SidecarStatus } from '../sidecarStatus';
import { HubAccess } from './hubAccess';
import { ModelPreparation } from './preparation';
import { ModelStore } from './store';
import { ModelSwitch } from './modelSwitch';

/** All that has to do with which model is used. */
export interface Models {
  readonly store: ModelStore;
  readonly access: HubAccess;
  readonly preparation: ModelPreparation;
  readonly active: ModelSwitch;
}

/** Puts the parts together; nothing is read or asked before a command does. */
export function createModels(
  context: vscode.ExtensionContext,
  client: SidecarClient,
  status: SidecarStatus,
  facts: FactList,
  messages: Messages,
): Models {
  const store = new ModelStore(context.globalStorageUri.fsPath);
  const access = new HubAccess(context.secrets);
  return {
    store,
    access,
    preparation: new ModelPreparation(store, access, context.asAbsolutePath('dist/convert.js')),
    active: new ModelSwitch(context, client, status, facts, messages),
  };
}
