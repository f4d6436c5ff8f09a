import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { adapterFiles } from '../../sidecar/lora/files';
import type { LoraExport } from '../../sidecar/protocol';
import type { SidecarClient } from '../client';
import type { Messages } from '../errors';
import { countedFacts, type FactList } from '../factList';
import { withDelayedProgress } from '../input/delayedProgress';

const REPLACE = 'Replace';
const EXPORT_ALL = 'Export All';

/** Writes what was learned to a folder, as a LoRA adapter for the model's Hugging Face directory. */
export function exportLora(client: SidecarClient, facts: FactList, messages: Messages) {
  return async (): Promise<LoraExport | undefined> => {
    const [picked] =
      (await vscode.window.showOpenDialog({
        title: 'Select a Folder for the LoRA Adapter',
        openLabel: 'Export Here',
        canSelectFiles: false,
        canSelectFolders: true,
      })) ?? [];
    if (!picked || !(await isFree(picked.fsPath)) || !(await mayHoldOwn(facts))) return undefined;
    const exported = await withDelayedProgress('Exporting learned facts as LoRA', (token) =>
      client.request('exportLora', { folder: picked.fsPath }, token),
    );
    const { folder, rank, note } = exported;
    const done = `${countedFacts(exported.facts)} exported as a LoRA adapter of rank ${rank} to ${folder}.`;
    messages.show('information', note === undefined ? done : `${done} ${note}`);
    return exported;
  };
}

/** Whether a folder has no adapter, or the user lets it be replaced. */
async function isFree(folder: string): Promise<boolean> {
  if (!existsSync(path.join(folder, adapterFiles.weights))) return true;
  const pressed = await vscode.window.showWarningMessage(
    `Replace the adapter in ${path.basename(folder)}?`,
    { modal: true, detail: `${folder} already contains an adapter.` },
    REPLACE,
  );
  return pressed === REPLACE;
}

/** Whether the user lets the adapter, which a team may be meant to get, hold facts that are not the repository's. */
async function mayHoldOwn({ all }: FactList): Promise<boolean> {
  const learned = all.filter((fact) => fact.learned);
  const own = learned.filter(({ scope }) => scope === 'user');
  if (own.length === 0) return true;
  const pressed = await vscode.window.showWarningMessage(
    'Export your personal facts too?',
    {
      modal: true,
      detail: `${own.length} of ${countedFacts(learned.length)} ${own.length === 1 ? 'is' : 'are'} personal (all workspaces). To leave personal facts out of the adapter, disable them first.`,
    },
    EXPORT_ALL,
  );
  return pressed === EXPORT_ALL;
}
