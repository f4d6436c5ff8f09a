import * as vscode from 'vscode';
import type { SidecarClient } from '../client';
import type { FactDetails } from '../details/factDetails';
import type { Messages } from '../errors';
import type { FactList } from '../factList';
import { Commands, type CommandId } from '../ids';
import type { Memory } from '../memory';
import type { Models } from '../models';
import type { FactFiles } from '../options';
import type { AskView } from '../panel/askView';
import type { StatusItem } from '../statusItem';
import type { Teacher } from '../teacher';
import type { FactsTree } from '../views/factsTree';
import { askFact } from './askFact';
import { askQuestion } from './askQuestion';
import { consolidate, stopConsolidation } from './consolidate';
import { copyFact } from './copyFact';
import { editFact } from './editFact';
import { exportLora } from './exportLora';
import { forgetAllFacts } from './forgetAllFacts';
import { forgetFact } from './forgetFact';
import { openFactsFile } from './openFactsFile';
import { openSource } from './openSource';
import { removeModel } from './removeModel';
import { selectModel } from './selectModel';
import { disableFact, enableFact } from './setFactEnabled';
import { setHuggingFaceToken } from './setHuggingFaceToken';
import { showActions } from './showActions';
import { showFact } from './showFact';
import { teachLines } from './teachLines';
import { teachSelection } from './teachSelection';

type Handler = (...args: unknown[]) => unknown;

interface Parts {
  readonly client: SidecarClient;
  readonly facts: FactList;
  readonly factsTree: FactsTree;
  readonly memory: Memory;
  readonly models: Models;
  readonly files: FactFiles;
  readonly askView: AskView;
  readonly details: FactDetails;
  readonly teacher: Teacher;
  readonly status: StatusItem;
  readonly messages: Messages;
  readonly log: vscode.LogOutputChannel;
}

/** Registers every command; what one throws is shown once, here. */
export function registerCommands(parts: Parts): vscode.Disposable {
  const { client, facts, factsTree, memory, models, files } = parts;
  const { askView, details, teacher, status, messages, log } = parts;
  const table: Record<CommandId, Handler> = {
    [Commands.teachSelection]: teachSelection(teacher),
    [Commands.teachLines]: teachLines(client, facts, teacher, messages),
    [Commands.askQuestion]: askQuestion(askView),
    [Commands.openSource]: openSource(facts),
    [Commands.showFact]: showFact(facts, details),
    [Commands.askFact]: askFact(facts, askView),
    [Commands.editFact]: editFact(facts, teacher),
    [Commands.enableFact]: enableFact(client, facts, messages),
    [Commands.disableFact]: disableFact(client, facts),
    [Commands.forgetFact]: forgetFact(client, facts, messages, () => factsTree.chosen()),
    [Commands.forgetAllFacts]: forgetAllFacts(client, facts, messages),
    [Commands.copyFact]: copyFact(facts),
    [Commands.openFactsFile]: openFactsFile(files),
    [Commands.consolidate]: consolidate(client, messages),
    [Commands.stopConsolidation]: stopConsolidation(client),
    [Commands.exportLora]: exportLora(client, facts, messages),
    [Commands.selectModel]: selectModel(models),
    [Commands.removeModel]: removeModel(models),
    [Commands.setHuggingFaceToken]: setHuggingFaceToken(models),
    [Commands.restartSidecar]: () => client.restart(),
    [Commands.showLog]: () => log.show(),
    [Commands.showActions]: showActions(memory, () => status.summary()),
  };
  const registrations = Object.entries(table).map(([id, handler]) =>
    vscode.commands.registerCommand(id, (...args: unknown[]) => messages.guard(id, () => handler(...args))),
  );
  return vscode.Disposable.from(...registrations);
}
