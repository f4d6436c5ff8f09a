import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { QuickfireApi } from '../../src/api';
import { Commands, SETTINGS_SECTION, Settings } from '../../src/ids';
import { HubServer } from '../unit/models/hub/hubServer';
import { ask, CEO, forgetAll, quickfire, teach } from './support';
import { UserInterface } from './userInterface';

const REPOSITORY = 'owner/copied-nano';
const TOKEN = 'hf_secret';

interface Nano {
  qf2: { layer: number; beta: number };
}

const extensionPath = (): string =>
  vscode.extensions.getExtension('quickfire.quickfire')?.extensionPath ?? '';

/** The shipped model's configuration without what it says of its QF2 layer, and that. */
async function openConfig(): Promise<{ config: string; layer: number; beta: number }> {
  const file = path.join(extensionPath(), 'sidecar', 'models', 'nano', 'config.json');
  const config = JSON.parse(await readFile(file, 'utf8')) as Nano;
  const { layer, beta, ...rest } = config.qf2;
  return { config: JSON.stringify({ ...config, qf2: rest }), layer, beta };
}

type Quick = (options: Record<string, unknown>) => unknown;

describe('models', () => {
  const ui = new UserInterface();
  const window = vscode.window as unknown as Record<string, unknown>;
  const { showQuickPick, showInputBox } = vscode.window;
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration(SETTINGS_SECTION);
  let api: QuickfireApi;
  let hub: HubServer;
  let seen: string[];

  before(async () => {
    api = await quickfire();
    const names = ['config.json', 'tokenizer.json', 'model.safetensors'];
    const contents = names.map(async (name) => {
      return [name, await readFile(path.join(extensionPath(), 'sidecar', 'models', 'nano', name))] as const;
    });
    hub = await HubServer.start(REPOSITORY, Object.fromEntries(await Promise.all(contents)));
    hub.token = TOKEN;
    await settings().update(Settings.hubEndpoint, hub.endpoint, vscode.ConfigurationTarget.Global);
    ui.install();
    await forgetAll(api);
    await teach({ statement: CEO.statement, questions: [CEO.question], answer: CEO.answer });
    ui.messages.splice(0);
  });
  after(async () => {
    Object.assign(window, { showQuickPick, showInputBox });
    ui.restore();
    await settings().update(Settings.hubEndpoint, undefined, vscode.ConfigurationTarget.Global);
    await forgetAll(api);
    await hub.stop();
  });

  /** Picks the first item whose label or description matches. */
  const pick = (pattern: RegExp): void => {
    window.showQuickPick = (async (items: readonly vscode.QuickPickItem[]) => {
      seen = items.map(({ label }) => label);
      return Promise.resolve(items.find(({ label, description }) => pattern.test(`${label} ${description}`)));
    }) satisfies (items: readonly vscode.QuickPickItem[]) => Promise<unknown>;
  };

  it('downloads a repository, asking for a token, converts it, uses it and teaches it the facts', async () => {
    pick(/Hugging Face repository/);
    const answers: Record<string, string> = {
      'Hugging Face Repository': REPOSITORY,
      'Hugging Face Token': TOKEN,
    };
    const offered: unknown[] = [];
    window.showInputBox = (({ title, value, validateInput }) => {
      assert.equal(hub.requests.length, title === 'Hugging Face Repository' ? 0 : 1);
      if (title === 'Hugging Face Token') {
        const problem = validateInput as (value: string) => string | undefined;
        assert.deepEqual([TOKEN, ` ${TOKEN} `, ''].map(problem), [undefined, undefined, undefined]);
        assert.match(problem('hf_sec…ret') ?? '', /only ASCII characters/);
      }
      offered.push(value);
      return Promise.resolve(answers[String(title)]);
    }) satisfies Quick;
    await vscode.commands.executeCommand(Commands.selectModel);
    await ui.message(/now uses copied-nano\. It has re-learned 1 fact\./);
    assert.deepEqual(offered, ['oxinnovate/QF2-1.5B-instruct', undefined]);
    assert.match(settings().get(Settings.model, ''), /models.hub.owner.copied-nano$/);
    assert.equal((await ask(CEO.question)).answer, CEO.answer);
  }).timeout(120_000);

  it('switches back, and forth again, without another request', async () => {
    const { length } = hub.requests;
    pick(/bundled with Quickfire/);
    await vscode.commands.executeCommand(Commands.selectModel);
    await ui.message(/now uses nano/);
    assert.equal(settings().get(Settings.model), '');
    pick(/downloaded/);
    await vscode.commands.executeCommand(Commands.selectModel);
    await ui.message(/now uses copied-nano/);
    assert.equal(hub.requests.length, length);
  });

  it('removes a model after asking, and goes back to the shipped one', async () => {
    pick(/copied-nano/);
    await vscode.commands.executeCommand(Commands.removeModel);
    const folder = settings().get(Settings.model, '');
    assert.match(folder, /copied-nano$/);
    const { Workspace } = vscode.ConfigurationTarget;
    await settings().update(Settings.model, `${folder}${path.sep}`, Workspace);
    ui.press('Remove');
    await vscode.commands.executeCommand(Commands.removeModel);
    await ui.message(/now uses nano/);
    const { globalValue, workspaceValue } = settings().inspect(Settings.model) ?? {};
    assert.deepEqual([globalValue, workspaceValue], ['', '']);
    await settings().update(Settings.model, undefined, Workspace);
    await vscode.commands.executeCommand(Commands.selectModel);
    assert.ok(!seen.some((label) => label.includes('copied-nano')), seen.join());
    assert.equal((await ask(CEO.question)).answer, CEO.answer);
  });

  it('asks of a local model which layer learns where its configuration does not say it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'quickfire-plain-'));
    const shipped = path.join(extensionPath(), 'sidecar', 'models', 'nano');
    for (const name of ['tokenizer.json', 'model.safetensors'])
      await copyFile(path.join(shipped, name), path.join(folder, name));
    const { config, layer, beta } = await openConfig();
    await writeFile(path.join(folder, 'config.json'), config);
    const { showOpenDialog } = vscode.window;
    window.showOpenDialog = () => Promise.resolve([vscode.Uri.file(folder)]);
    try {
      pick(/Local folder/);
      window.showInputBox = () => Promise.resolve('');
      await vscode.commands.executeCommand(Commands.selectModel);
      await ui.message(/no QF2 layer, so it cannot learn facts\. To add one, train the model with QFt/);
      const answers = new Map([
        ['QF2 Layer', String(layer)],
        ['QF2 Beta', String(beta)],
      ]);
      window.showInputBox = (({ title, validateInput }) => {
        const answer = answers.get(String(title)) ?? '';
        assert.equal((validateInput as (value: string) => unknown)(answer), undefined);
        assert.ok((validateInput as (value: string) => unknown)('-1'));
        return Promise.resolve(answer);
      }) satisfies Quick;
      await vscode.commands.executeCommand(Commands.selectModel);
      await ui.message(new RegExp(`now uses ${path.basename(folder)}`));
      assert.equal((await ask(CEO.question)).answer, CEO.answer);
      pick(/bundled with Quickfire/);
      await vscode.commands.executeCommand(Commands.selectModel);
      await ui.message(/now uses nano/);
    } finally {
      window.showOpenDialog = showOpenDialog;
      await rm(folder, { recursive: true });
    }
  }).timeout(120_000);

  it('asks the same of a repository, before its weights come', async () => {
    const { config, layer, beta } = await openConfig();
    hub.files.set('config.json', Buffer.from(config));
    const earlier = hub.requestsFor('model.safetensors').length;
    const answers = new Map([
      ['Hugging Face Repository', REPOSITORY],
      ['QF2 Layer', String(layer)],
      ['QF2 Beta', String(beta)],
    ]);
    pick(/Hugging Face repository/);
    window.showInputBox = (({ title }) => {
      assert.deepEqual(hub.requestsFor('model.safetensors').slice(earlier), []);
      return Promise.resolve(answers.get(String(title)));
    }) satisfies Quick;
    await vscode.commands.executeCommand(Commands.selectModel);
    await ui.message(/now uses copied-nano/);
    assert.equal((await ask(CEO.question)).answer, CEO.answer);
    pick(/copied-nano/);
    ui.press('Remove');
    await vscode.commands.executeCommand(Commands.removeModel);
    await ui.message(/now uses nano/);
  }).timeout(120_000);

  it('refuses a hub without https', async () => {
    const { Global } = vscode.ConfigurationTarget;
    await settings().update(Settings.hubEndpoint, 'http://hub.example.com', Global);
    pick(/Hugging Face repository/);
    window.showInputBox = () => Promise.resolve(REPOSITORY);
    await vscode.commands.executeCommand(Commands.selectModel);
    const { buttons } = await ui.message(
      /hub\.endpoint is invalid\. .*hub\.example\.com is not allowed.*https only/,
    );
    assert.deepEqual(buttons, ['Open Settings']);
    assert.equal(settings().get(Settings.model), '');
  });
});
