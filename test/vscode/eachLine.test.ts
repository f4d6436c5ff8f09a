import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Commands } from '../../src/ids';
import { useQuickfire } from './setUp';
import { ask, CEO, forgetAll, select, until, workspaceFile } from './support';
import { keys } from './userInterface';

const QUESTION = /Which question/;

describe('teaching each line', () => {
  const { ui, api } = useQuickfire();
  const window = vscode.window as unknown as Record<string, unknown>;
  const { showQuickPick } = vscode.window;
  let offered: vscode.QuickPickItem[][];

  beforeEach(() => {
    offered = [];
    ui.messages.splice(0);
  });
  afterEach(async () => {
    Object.assign(window, { showQuickPick });
    await forgetAll(api);
  });

  /** From now on, a picker ends with these of its items. */
  function pick(choose: (items: vscode.QuickPickItem[]) => unknown): void {
    window.showQuickPick = (items: vscode.QuickPickItem[]): Promise<unknown> => {
      offered.push(items);
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
    const rival = { statement: 'The CEO of Oxinnovate is Ada.', questions: [CEO.question], answer: 'Ada' };
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
    const outcome = /^Learned 0 of 1 fact\. 1 could not be learned\.$/;
    await ui.message(outcome);
    // It comes again once the other try has ended.
    await ui.message(outcome);
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
