import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { adapterFiles } from '../../sidecar/lora/files';
import type { LoraExport } from '../../sidecar/protocol';
import type { SidecarClient } from '../client';
import type { Messages } from '../errors';
import { countedFacts } from '../factList';
import { withDelayedProgress } from '../input/delayedProgress';

const REPLACE = 'Replace';

/** Writes what was learned to a folder, as a LoRA adapter for the model's Hugging Face directory. */
export function exportLora(client: SidecarClient, messages: Messages) {
  return async (): Promise<LoraExport | undefined> => {
    const [picked] =
      (await vscode.window.showOpenDialog({
        title: 'Folder for the LoRA adapter',
        openLabel: 'Export Here',
        canSelectFiles: false,
        canSelectFolders: true,
      })) ?? [];
    if (!picked || !(await isFree(picked.fsPath))) return undefined;
    const exported = await withDelayedProgress('Exporting what was learned as LoRA', (token) =>
      client.request('exportLora', { folder: picked.fsPath }, token),
    );
    const { folder, rank, facts, note } = exported;
    const done = `${countedFacts(facts)} exported as a LoRA adapter of rank ${rank} to ${folder}.`;
    messages.show('information', note === undefined ? done : `${done} ${note}`);
    return exported;
  };
}

/** Whether a folder has no adapter, or the user lets it be replaced. */
async function isFree(folder: string): Promise<boolean> {
  if (!existsSync(path.join(folder, adapterFiles.weights))) return true;
  const pressed = await vscode.window.showWarningMessage(
    `Replace the adapter in ${path.basename(folder)}?`,
    { modal: true, detail: `${folder} has an adapter already.` },
    REPLACE,
  );
  return pressed === REPLACE;
}
