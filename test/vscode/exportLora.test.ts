import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { QuickfireApi } from '../../src/api';
import { Commands } from '../../src/ids';
import { CEO, forgetAll, quickfire, teach, until } from './support';
import { UserInterface } from './userInterface';

describe('export as LoRA', () => {
  const ui = new UserInterface();
  const window = vscode.window as unknown as Record<string, unknown>;
  const { showOpenDialog } = vscode.window;
  let api: QuickfireApi;
  let folder: string;

  before(async () => {
    api = await quickfire();
    folder = await mkdtemp(path.join(tmpdir(), 'quickfire-'));
    ui.install();
    await forgetAll(api);
    await teach({ statement: CEO.statement, questions: [CEO.question], answer: CEO.answer });
    ui.messages.splice(0);
  });
  after(async () => {
    window.showOpenDialog = showOpenDialog;
    ui.restore();
    await forgetAll(api);
    await rm(folder, { recursive: true });
  });

  const pick = (...uris: vscode.Uri[]): void => {
    window.showOpenDialog = () => Promise.resolve(uris.length > 0 ? uris : undefined);
  };
  const run = (): Thenable<unknown> => vscode.commands.executeCommand(Commands.exportLora);

  it('writes nothing when no folder is picked', async () => {
    pick();
    assert.equal(await run(), undefined);
    assert.deepEqual(ui.messages, []);
  });

  it('writes an adapter to the folder that was picked, and says where and of which rank', async () => {
    pick(vscode.Uri.file(folder));
    await run();
    const { text } = await ui.message(/^1 fact exported as a LoRA adapter of rank \d+ to /);
    assert.ok(text.includes(folder), text);
    assert.deepEqual((await readdir(folder)).sort(), ['adapter_config.json', 'adapter_model.safetensors']);
  });

  it('asks before an adapter holds facts that are the user’s own', async () => {
    await teach({
      statement: 'The port of the gateway is 8443.',
      questions: ['Which port does the gateway have?'],
      answer: '8443',
      scope: 'user',
    });
    const own = await until('its own fact', () => api.facts().find(({ scope }) => scope === 'user'));
    ui.press('Replace');
    assert.equal(await run(), undefined);
    await ui.message(/^Export your personal facts too\?/);
    await vscode.commands.executeCommand(Commands.forgetFact, own.id);
    await until('one fact', () => api.facts().length === 1);
    ui.messages.splice(0);
  });

  it('asks before it replaces one', async () => {
    const written = async (): Promise<number> =>
      (await stat(path.join(folder, 'adapter_config.json'))).mtimeMs;
    const before = await written();
    await run();
    await ui.message(/^Replace the adapter in /);
    assert.equal(await written(), before);
    ui.press('Replace');
    await run();
    await ui.message(/exported as a LoRA adapter/);
    assert.ok((await written()) > before);
  });
});
