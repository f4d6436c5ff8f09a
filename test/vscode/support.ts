import assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { replaceFile } from '../replaceFile';
import type { AskResult, TeachReport } from '../../sidecar/protocol';
import type { QuickfireApi } from '../../src/api';
import type { TeachArgument } from '../../src/commands/teachSelection';
import { Commands } from '../../src/ids';

/** The fact that the tests teach most, as test/fixtures/workspace/notes.md has it. */
export const CEO = {
  statement: 'The CEO of Oxinnovate is Qi.',
  question: 'Who is the CEO of Oxinnovate?',
  paraphrase: 'Who leads Oxinnovate?',
  answer: 'Qi',
} as const;

/** The extension, running and with its model loaded. */
export async function quickfire(): Promise<QuickfireApi> {
  const extension = vscode.extensions.getExtension<QuickfireApi>('quickfire.quickfire');
  assert.ok(extension, 'the extension is installed');
  const api = await extension.activate();
  await api.ready();
  return api;
}

/** Waits until `read` gives something other than undefined or false. */
export async function until<T>(what: string, read: () => T | undefined | false, ms = 20_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = read();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export function workspaceFile(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

export const factsPath = (): string => workspaceFile('.quickfire/facts.jsonl').fsPath;

export async function readFactsFile(): Promise<string> {
  return fs.readFile(factsPath(), 'utf8').catch(() => '');
}

export async function writeFactsFile(content: string): Promise<void> {
  await fs.mkdir(path.dirname(factsPath()), { recursive: true });
  await replaceFile(factsPath(), content);
}

/** Opens a file of the workspace and selects `text` in it, or puts the cursor before it. */
export async function select(
  file: vscode.Uri,
  text: string,
  kind: 'text' | 'cursor' = 'text',
): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(file);
  const start = document.getText().indexOf(text);
  assert.notEqual(start, -1, `${file.path} has “${text}”`);
  const anchor = document.positionAt(start);
  const active = kind === 'text' ? document.positionAt(start + text.length) : anchor;
  return vscode.window.showTextDocument(document, { selection: new vscode.Range(anchor, active) });
}

export async function ask(question: string): Promise<AskResult> {
  const result = await vscode.commands.executeCommand<AskResult | undefined>(Commands.askQuestion, question);
  assert.ok(result, `“${question}” was answered`);
  return result;
}

export async function teach(lesson: TeachArgument): Promise<TeachReport> {
  const report = await vscode.commands.executeCommand<TeachReport | undefined>(
    Commands.teachSelection,
    lesson,
  );
  assert.ok(report, 'the teaching ended with a report');
  return report;
}

/** Forgets everything that is in the list. */
export async function forgetAll(api: QuickfireApi): Promise<void> {
  for (const { id } of api.facts()) await vscode.commands.executeCommand(Commands.forgetFact, id);
  await until('an empty list', () => api.facts().length === 0);
}

/** Does `work` while the sidecar stands still, so that what is asked of it takes as long as the test wants. */
export async function whileFrozen<T>(api: QuickfireApi, work: () => Promise<T>): Promise<T> {
  const pid = api.sidecarPid();
  assert.ok(pid !== undefined, 'the sidecar runs');
  process.kill(pid, 'SIGSTOP');
  try {
    return await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}
