import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { InitializationOptions } from '../sidecar/protocol';
import { Settings } from './ids';
import { modelSetting, settingOf } from './settings';
import { factsFolder } from './source/selection';

/** The model that ships with the extension. */
const SHIPPED_MODEL = 'dist/models/nano';

/** Where facts are kept on disk. */
export interface FactFiles {
  /** Undefined without a folder on disk, or when the workspace is not trusted. */
  workspaceFacts(): string | undefined;
  /** Whether new facts can be kept in that file. */
  canKeepInWorkspace(): boolean;
  userFacts(): string;
}

export function factFiles(context: vscode.ExtensionContext): FactFiles {
  const workspaceFacts = (): string | undefined => {
    const folder = factsFolder();
    if (!vscode.workspace.isTrusted || folder?.uri.scheme !== 'file') return undefined;
    return path.join(folder.uri.fsPath, '.quickfire', 'facts.jsonl');
  };
  return {
    workspaceFacts,
    canKeepInWorkspace: () => {
      const file = workspaceFacts();
      return file !== undefined && isWritable(path.dirname(file));
    },
    userFacts: () => path.join(context.globalStorageUri.fsPath, 'facts.jsonl'),
  };
}

/**
 * What the sidecar is started with, from the settings and the workspace as they are now.
 * Rejects with a UserError that names a setting with a value that it cannot have.
 */
export async function initializationOptions(
  context: vscode.ExtensionContext,
  files: FactFiles,
): Promise<InitializationOptions> {
  await vscode.workspace.fs.createDirectory(context.globalStorageUri);
  return InitializationOptions.parse({
    modelDir: modelFolder(context),
    workspaceFacts: files.workspaceFacts(),
    userFacts: files.userFacts(),
    cacheDir: path.join(context.globalStorageUri.fsPath, 'engrams'),
    rule: settingOf(Settings.rule, InitializationOptions.shape.rule),
    executionProvider: settingOf(Settings.executionProvider, InitializationOptions.shape.executionProvider),
  });
}

/** Whether a folder can be written, or made where it is not there. */
function isWritable(folder: string): boolean {
  try {
    accessSync(existsSync(folder) ? folder : path.dirname(folder), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Folder of the model that ships with the extension. */
export function shippedModel(context: vscode.ExtensionContext): string {
  return context.asAbsolutePath(SHIPPED_MODEL);
}

/** Folder of the model that the settings name; the shipped one where they name none. */
export function modelFolder(context: vscode.ExtensionContext): string {
  const dir = modelSetting();
  return dir === '' ? shippedModel(context) : namedFolder(dir);
}

/** The folder that a value of the model's setting names. */
export function namedFolder(dir: string): string {
  return path.resolve(dir.replace(/^~(?=[\\/])/, homedir()));
}
