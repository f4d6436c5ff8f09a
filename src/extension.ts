import * as vscode from 'vscode';
import type { QuickfireApi } from './api';
import { SidecarClient } from './client';
import { registerCommands } from './commands';
import { FactDetails } from './details/factDetails';
import { Messages } from './errors';
import { FactList } from './factList';
import { Commands, Settings, SETTINGS_SECTION } from './ids';
import { Memory } from './memory';
import { createModels } from './models';
import { factFiles, initializationOptions } from './options';
import { AskView } from './panel/askView';
import { SidecarStatus } from './sidecarStatus';
import { StatusItem } from './statusItem';
import { Teacher } from './teacher';
import { FactsTree } from './views/factsTree';
import { MemoryTree } from './views/memoryTree';
import { registerTeachLightbulb } from './views/teachLightbulb';
import { StatusWarnings } from './warnings';

let client: SidecarClient | undefined;

/** Puts the parts together and starts the sidecar in the background. */
export function activate(context: vscode.ExtensionContext): QuickfireApi {
  const log = vscode.window.createOutputChannel('Quickfire', { log: true });
  const messages = new Messages(log);
  const files = factFiles(context);
  const sidecar = new SidecarClient({
    module: context.asAbsolutePath('dist/sidecar.js'),
    log,
    initializationOptions: () => initializationOptions(context, files),
  });
  client = sidecar;
  const facts = new FactList(sidecar);
  const status = new SidecarStatus(sidecar);
  const memory = new Memory(sidecar);
  const statusItem = new StatusItem(sidecar, status, memory);
  const askView = new AskView(context.extensionUri, sidecar, facts, context.workspaceState);
  const details = new FactDetails(context.extensionUri, sidecar, facts, memory);
  const factsTree = new FactsTree(facts);
  const teacher = new Teacher(sidecar, messages, files, {
    ask: (question) => vscode.commands.executeCommand(Commands.askQuestion, question),
    show: (fact) => details.show(fact),
    replaced: (old, fact) => details.follow(old, fact),
  });

  let factsFile: string | undefined;
  const restart = (): void => {
    factsFile = files.workspaceFacts();
    void messages.guard('Restart', () => sidecar.restart());
  };
  const load = async (): Promise<void> => {
    await status.refresh();
    await facts.refresh();
    const { health } = await status.settled();
    if (health !== 'error') await memory.refresh();
  };

  context.subscriptions.push(
    log,
    sidecar,
    facts,
    status,
    memory,
    statusItem,
    new StatusWarnings(status, messages),
    askView,
    details,
    factsTree,
    new MemoryTree(memory, facts),
    registerTeachLightbulb(),
    registerCommands({
      client: sidecar,
      facts,
      factsTree,
      memory,
      models: createModels(context, sidecar, status, facts, messages),
      files,
      askView,
      details,
      teacher,
      status: statusItem,
      messages,
      log,
    }),
    sidecar.onDidGiveUp((error) => messages.showError('Sidecar', error)),
    sidecar.onDidChangeState((state) => {
      if (state === 'running') void messages.guard('Loading the facts', load);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      if (files.workspaceFacts() !== factsFile) restart();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const { model, rule, executionProvider } = Settings;
      const isSidecars = [model, rule, executionProvider].some((name) =>
        event.affectsConfiguration(`${SETTINGS_SECTION}.${name}`),
      );
      if (isSidecars) restart();
    }),
  );
  restart();

  return {
    facts: () => facts.all,
    memory: () => memory.current,
    ready: async () => {
      await status.settled();
      await facts.refresh();
    },
    sidecarPid: () => sidecar.pid,
  };
}

/** Ends the sidecar; facts are on disk already. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
