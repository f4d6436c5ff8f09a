import * as vscode from 'vscode';
import { UserError } from '../errors';
import type { Models } from '../models';
import { isLocked } from '../models/hub/folderLock';

const CONFIRM = 'Remove';

/** Deletes a downloaded or converted model; the shipped one takes its place when it was in use. */
export function removeModel({ store, active }: Models) {
  return async (): Promise<void> => {
    const items = [
      ...(await store.list()).map(({ name, folder }) => ({ label: name, description: '', folder })),
      ...(await store.unfinished()).map((name) => ({
        label: name,
        description: 'incomplete download',
        folder: store.downloadFolder(name),
      })),
    ];
    if (items.length === 0) throw new UserError('There are no downloaded or converted models.');
    const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Select a model to remove' });
    if (!picked) return;
    const detail = 'The model files are deleted. Your facts are kept and taught to the model in use.';
    const pressed = await vscode.window.showWarningMessage(
      `Remove ${picked.label}?`,
      { modal: true, detail },
      CONFIRM,
    );
    if (pressed !== CONFIRM) return;
    if (await isLocked(picked.folder)) {
      throw new UserError(
        `${picked.label} is being downloaded or converted. Wait for it to finish, or cancel it first.`,
      );
    }
    if (picked.folder === active.current) await active.use(active.shipped);
    await active.forget(picked.folder);
    await store.remove(picked.folder);
  };
}
