import assert from 'node:assert/strict';
import { readlink } from 'node:fs/promises';
import * as vscode from 'vscode';
import { Commands, SETTINGS_SECTION, Settings } from '../../src/ids';
import { ask, CEO, readFactsFile, select, teach, until, workspaceFile, writeFactsFile } from './support';
import { conditionText } from '../../src/views/factCondition';
import { useQuickfire } from './setUp';
import { keys } from './userInterface';

/** Leaves one fact taught, which the tests of a second window look for. */
describe('faults', () => {
  const { ui, api } = useQuickfire();

  const pid = (): number => {
    const value = api.sidecarPid();
    assert.ok(value !== undefined, 'the sidecar runs');
    return value;
  };

  before(async () => {
    await teach({ statement: CEO.statement, questions: [CEO.question], answer: CEO.answer });
  });

  it('warns of a broken line of the facts file by its number, and keeps both line and facts', async () => {
    const good = await readFactsFile();
    await writeFactsFile(`${good}{"broken\n`);
    const { severity, buttons } = await ui.message(/facts\.jsonl, line 2 /);
    assert.equal(severity, 'warning');
    assert.deepEqual(buttons, ['Open']);
    assert.equal((await ask(CEO.question)).answer, CEO.answer);
    await vscode.commands.executeCommand(Commands.disableFact, api.facts()[0]);
    await vscode.commands.executeCommand(Commands.enableFact, api.facts()[0]);
    assert.match(await readFactsFile(), /^\{"broken$/m);
    await writeFactsFile(good);
    await until('the fact', () => api.facts()[0]?.learned);
  });

  it('restarts a sidecar that is killed mid-teach, and loses neither facts nor what was typed', async () => {
    const killed = pid();
    await select(workspaceFile('notes.md'), 'The port of the gateway is 8443.');
    const teaching = vscode.commands.executeCommand(Commands.teachSelection);
    const question = await ui.box(/Which question/);
    question.value = 'What is the port of the gateway?';
    await keys.enter();
    const answer = await ui.box(/What should the model answer/);
    answer.value = '8443';
    process.kill(killed, 'SIGSTOP');
    ui.press('Edit and Try Again');
    await keys.enter();
    await until('the closed input', () => ui.openBoxes === 0);
    process.kill(killed, 'SIGKILL');
    await teaching;
    await ui.message(/^Not learned: .*stopped.*facts are safe/);
    assert.equal((await ui.box(/Which question/)).value, 'What is the port of the gateway?');
    await keys.escape();

    await until('a new sidecar', () => api.sidecarPid() !== undefined && api.sidecarPid() !== killed);
    await api.ready();
    assert.deepEqual(
      api.facts().map(({ answer: text }) => text),
      [CEO.answer],
    );
    assert.equal((await ask(CEO.question)).answer, CEO.answer);
  });

  it('gives up after a second death, with a button that brings it back', async () => {
    process.kill(pid(), 'SIGKILL');
    const { severity, buttons } = await ui.message(/stopped twice.*facts are safe/);
    assert.equal(severity, 'error');
    assert.deepEqual(buttons, ['Restart']);
    await vscode.commands.executeCommand(Commands.copyFact, api.facts()[0]);
    await vscode.commands.executeCommand(Commands.disableFact, api.facts()[0]);
    ui.press('Restart');
    await vscode.commands.executeCommand(Commands.disableFact, api.facts()[0]);
    await ui.message(/not running/);
    await until('a new sidecar', () => api.sidecarPid());
    await api.ready();
    assert.equal((await ask(CEO.question)).answer, CEO.answer);
  });

  it('says so when the model is missing, still lists the facts, and recovers when it is back', async () => {
    const settings = vscode.workspace.getConfiguration(SETTINGS_SECTION);
    const withModel = async (model: string | undefined): Promise<void> => {
      const old = pid();
      await settings.update(Settings.model, model, vscode.ConfigurationTarget.Workspace);
      await until('a new sidecar', () => api.sidecarPid() !== undefined && api.sidecarPid() !== old);
      await api.ready();
    };
    await withModel('/no/such/model');
    const { severity, buttons } = await ui.message(/\/no\/such\/model/);
    assert.equal(severity, 'error');
    assert.deepEqual(buttons, ['Restart', 'Open Settings']);
    const [fact, ...others] = api.facts();
    assert.ok(fact && others.length === 0);
    assert.equal(conditionText(fact), 'Not learned yet');
    assert.equal(await vscode.commands.executeCommand(Commands.askQuestion, CEO.question), undefined);
    await withModel(undefined);
    assert.equal((await ask(CEO.question)).answer, CEO.answer);
  });

  it('names a setting that has a value it cannot have, and recovers when it is right', async () => {
    const settings = vscode.workspace.getConfiguration(SETTINGS_SECTION);
    await settings.update(Settings.rule, 'oja', vscode.ConfigurationTarget.Workspace);
    const { severity, buttons } = await ui.message(
      /quickfire\.rule has an invalid value, "oja"\. .*"margin"\|"hebbian"/,
    );
    assert.equal(severity, 'error');
    assert.deepEqual(buttons, ['Open Settings', 'Restart']);
    await settings.update(Settings.rule, undefined, vscode.ConfigurationTarget.Workspace);
    await until('a new sidecar', () => api.sidecarPid());
    await api.ready();
    assert.equal((await ask(CEO.question)).answer, CEO.answer);
    ui.messages.splice(0);
  });

  if (process.platform === 'linux') {
    it('runs in its own folder, not in that of the workspace', async () => {
      assert.match(await readlink(`/proc/${pid()}/cwd`), /\/dist$/);
    });
  }

  it('coalesces restarts', async () => {
    const pids = new Set<number | undefined>([api.sidecarPid()]);
    const timer = setInterval(() => pids.add(api.sidecarPid()), 5);
    const restarts = [1, 2, 3].map(() => vscode.commands.executeCommand(Commands.restartSidecar));
    await Promise.all(restarts);
    await api.ready();
    clearInterval(timer);
    pids.delete(undefined);
    assert.equal(pids.size, 2, 'the old one and a single new one');
    assert.equal(api.facts().length, 1);
    assert.deepEqual(ui.messages, []);
  });
});
