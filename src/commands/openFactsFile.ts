import * as vscode from 'vscode';
import { UserError } from '../errors';
import type { FactFiles } from '../options';

/** Opens the facts file of this workspace, or the user's when the workspace has none. */
export function openFactsFile(files: FactFiles) {
  return async (): Promise<void> => {
    for (const file of [files.workspaceFacts(), files.userFacts()]) {
      if (file === undefined) continue;
      const uri = vscode.Uri.file(file);
      if (await exists(uri)) {
        await vscode.window.showTextDocument(uri);
        return;
      }
    }
    if (!vscode.workspace.isTrusted) {
      const run = (): unknown => vscode.commands.executeCommand('workbench.trust.manage');
      throw new UserError('This workspace is not trusted, so its facts file is not read.', [
        { title: 'Manage Workspace Trust', run },
      ]);
    }
    throw new UserError('There is no facts file yet. It is created when you teach the first fact.');
  };
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
