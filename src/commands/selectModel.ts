import path from 'node:path';
import * as vscode from 'vscode';
import type { Models } from '../models';
import { isRepositoryId } from '../models/hub/address';
import { isConverted } from '../models/store';

const PROPOSED = 'oxinnovate/QF2-1.5B-instruct';

interface ModelItem extends vscode.QuickPickItem {
  /** Gives the folder of the model to use; undefined when the user thought better of it. */
  choose?(): string | undefined | Promise<string | undefined>;
}

/** Picks the model to use, gets it if need be, and switches to it. */
export function selectModel(models: Models) {
  return async (): Promise<void> => {
    const items = await itemsOf(models);
    const picked = await vscode.window.showQuickPick(items, {
      title: 'Quickfire: Select Model',
      placeHolder: 'Your facts will be re-taught to the selected model',
      matchOnDescription: true,
    });
    const folder = await picked?.choose?.();
    if (folder !== undefined) await models.active.use(folder);
  };
}

async function itemsOf(models: Models): Promise<ModelItem[]> {
  const { current, shipped } = models.active;
  const item = (label: string, description: string, folder: string): ModelItem => ({
    label: folder === current ? `$(check) ${label}` : label,
    description,
    choose: () => (folder === current ? undefined : folder),
  });
  const stored = await models.store.list();
  const known = [shipped, ...stored.map(({ folder }) => folder)];
  return [
    item(path.basename(shipped), 'bundled with Quickfire', shipped),
    ...stored.map(({ name, origin, folder }) =>
      item(name, origin === 'hub' ? 'downloaded' : 'converted from a local folder', folder),
    ),
    ...(known.includes(current) ? [] : [item(path.basename(current), current, current)]),
    { label: 'Get another model', kind: vscode.QuickPickItemKind.Separator },
    { label: '$(cloud-download) Hugging Face repository…', choose: () => fromHub(models) },
    { label: '$(folder) Local folder…', choose: () => fromFolder(models) },
  ];
}

async function fromHub({ store, preparation, active }: Models): Promise<string | undefined> {
  const input = await vscode.window.showInputBox({
    title: 'Hugging Face Repository',
    prompt:
      'A Qwen2 model with a QF2 layer. It is downloaded and converted once; after that it works offline.',
    value: PROPOSED,
    ignoreFocusOut: true,
    validateInput: (text) => (isRepositoryId(text.trim()) ? undefined : 'Enter it as owner/name.'),
  });
  if (input === undefined) return undefined;
  const repository = input.trim();
  const folder = store.hubFolder(repository);
  if (isConverted(folder)) {
    const again = await isReplaced(`${repository} is already downloaded.`, 'Download Again');
    if (again === undefined) return undefined;
    if (!again) return folder;
  }
  const get = (): Promise<string> => preparation.fromHub(repository, async () => active.use(await get()));
  return await get();
}

async function fromFolder({ store, preparation }: Models): Promise<string | undefined> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      title: 'Select a Hugging Face or Converted Model Folder',
      openLabel: 'Use This Model',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (!picked) return undefined;
  const source = picked.fsPath;
  if (isConverted(source)) return source;
  const folder = store.localFolder(source);
  if (isConverted(folder)) {
    const again = await isReplaced(`“${path.basename(source)}” is already converted.`, 'Convert Again');
    if (again === undefined) return undefined;
    if (!again) return folder;
  }
  return await preparation.fromFolder(source);
}

/** @returns whether to make it anew, or undefined on Cancel */
async function isReplaced(message: string, again: string): Promise<boolean | undefined> {
  const keep = 'Use Existing';
  const pressed = await vscode.window.showInformationMessage(message, { modal: true }, keep, again);
  return pressed === undefined ? undefined : pressed === again;
}
