import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Commands } from '../../src/ids';
import { useQuickfire } from './setUp';
import { ask, CEO, forgetAll, select, until, workspaceFile } from './support';
import { keys } from './userInterface';

const QUESTION = /Which question/;
const ANSWER = /What should the model answer/;

describe('teaching each line', () => {
  const { ui, api } = useQuickfire();
  const window = vscode.window as unknown as Record<string, unknown>;
  const { showQuickPick } = vscode.window;
  const rival = { statement: 'The CEO of Oxinnovate is Ada.', questions: [CEO.question], answer: 'Ada' };
  let offered: vscode.QuickPickItem[][];
  let placeHolders: (string | undefined)[];

  beforeEach(() => {
    offered = [];
    placeHolders = [];
    ui.messages.splice(0);
  });
  afterEach(async () => {
    Object.assign(window, { showQuickPick });
    await forgetAll(api);
  });

  /** From now on, a picker ends with these of its items. */
  function pick(choose: (items: vscode.QuickPickItem[]) => unknown): void {
    window.showQuickPick = (
      items: vscode.QuickPickItem[],
      options?: vscode.QuickPickOptions,
    ): Promise<unknown> => {
      offered.push(items);
      placeHolders.push(options?.placeHolder);
      return Promise.resolve(choose(items));
    };
  }

  async function teachNotes(): Promise<void> {
    const { document } = await select(workspaceFile('notes.md'), CEO.statement);
    await select(document.uri, document.getText());
    await vscode.commands.executeCommand(Commands.teachLines);
  }

  it('teaches the lines that are chosen, at first those of a known form, and takes it back', async () => {
    pick((items) => items.filter(({ picked }) => picked));
    await teachNotes();
    await ui.message(/^Learned (\d) of \1 facts\.$/);
    assert.ok(!offered[0]?.some(({ detail }) => detail === '# Notes'));
    const facts = api.facts();
    assert.deepEqual(facts.map(({ source }) => source?.startLine).sort(), [2, 3, 4, 6, 7]);
    assert.equal((await ask(CEO.paraphrase)).answer, CEO.answer);
    assert.equal((await ask('What is the port of the gateway?')).answer, '8443');

    await forgetAll(api);
    ui.messages.splice(0);
    pick((items) => items.filter(({ detail }) => detail === CEO.statement));
    ui.press('Undo');
    await teachNotes();
    await ui.message(/^Learned 1 of 1 fact\.$/);
    await until('nothing', () => api.facts().length === 0);
  });

  it('shows those that were not learned, to be edited and tried again', async () => {
    await vscode.commands.executeCommand(Commands.teachSelection, rival);
    ui.messages.splice(0);
    ui.press('Show Not Learned');
    pick((items) => {
      const [first] = items;
      return offered.length === 1 ? items.filter(({ detail }) => detail === CEO.statement) : first;
    });
    const teaching = teachNotes();
    const question = await ui.box(QUESTION);
    assert.match(question.value, /CEO of Oxinnovate/);
    await keys.escape();
    await teaching;
    assert.match(offered[1]?.[0]?.detail ?? '', /already|answers/);
    const outcome = /^Learned 0 of 1 fact\. 1 could not be learned\. Other facts answer/;
    await ui.message(outcome);
    // It comes again once the other try has ended.
    await ui.message(outcome);
  });

  it('counts one that is replaced after it was shown', async () => {
    await vscode.commands.executeCommand(Commands.teachSelection, rival);
    ui.messages.splice(0);
    ui.press('Show Not Learned', 'Replace');
    pick((items) =>
      offered.length === 1 ? items.filter(({ detail }) => detail === CEO.statement) : items[0],
    );
    const teaching = teachNotes();
    await ui.box(QUESTION);
    await keys.enter();
    await ui.box(ANSWER);
    await keys.enter();
    await teaching;
    await ui.message(/“Qi”: learned.*, replacing “Ada”/);
    await ui.message(/^Learned 1 of 1 fact\.$/);
  });

  it('replaces all that contradicts them at once, and gives it back', async () => {
    await vscode.commands.executeCommand(Commands.teachSelection, rival);
    ui.messages.splice(0);
    ui.press('Replace All', 'Undo');
    pick((items) => items.filter(({ detail }) => detail === CEO.statement));
    await teachNotes();
    await ui.message(/^Learned 1 of 1 fact\.$/);
    await until('the other fact', () => {
      const [only, ...others] = api.facts();
      return others.length === 0 && only?.answer === rival.answer && only.enabled;
    });
  });

  it('leaves out what was learned before, and says so', async () => {
    pick((items) => items.filter(({ detail }) => detail === CEO.statement));
    await teachNotes();
    await ui.message(/^Learned 1 of 1 fact\.$/);
    pick(() => undefined);
    await teachNotes();
    assert.ok(!offered[1]?.some(({ detail }) => detail === CEO.statement));
    assert.match(placeHolders[1] ?? '', /left out: 1 fact already learned/);
    await select(workspaceFile('notes.md'), CEO.statement);
    await vscode.commands.executeCommand(Commands.teachLines);
    await ui.message(/^Nothing new: 1 fact already learned\.$/);
    assert.equal(offered.length, 2);
  });

  it('does nothing where none is chosen, and says so where there is no text', async () => {
    pick(() => undefined);
    await teachNotes();
    assert.deepEqual([api.facts(), ui.messages], [[], []]);
    const { document } = await select(workspaceFile('notes.md'), CEO.statement);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(1, 0, 1, 0) });
    await vscode.commands.executeCommand(Commands.teachLines);
    await ui.message(/no text in the selection/);
  });
});
