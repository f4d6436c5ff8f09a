import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Commands } from '../../src/ids';
import { CEO, select, teach, workspaceFile } from './support';
import { useQuickfire } from './setUp';
import { keys } from './userInterface';

describe('bad input', () => {
  const { ui, api } = useQuickfire();

  afterEach(() => {
    assert.equal(ui.openBoxes, 0, 'no input is open');
    assert.deepEqual(api.facts(), [], 'nothing was learned');
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const teachSelection = (argument?: unknown): Thenable<unknown> =>
    vscode.commands.executeCommand(Commands.teachSelection, argument);

  it('without an editor, asks for one', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await teachSelection();
    await ui.message(/Open a text file and select the fact to teach/);
  });

  it('on a blank line, asks for a selection', async () => {
    const editor = await select(workspaceFile('notes.md'), '# Notes', 'cursor');
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await teachSelection();
    await ui.message(/blank.*Select/);
  });

  it('refuses 100 KB with the size, the limit and what to do', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'x'.repeat(100 * 1024) });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, 0, 100 * 1024);
    await teachSelection();
    await ui.message(/100 KB; a fact can be at most 8 KB\. Select only/);
  });

  it('refuses a binary file', async () => {
    await vscode.commands.executeCommand('vscode.open', workspaceFile('binary.dat'));
    await teachSelection();
    await ui.message(/Open a text file/);
    const document = await vscode.workspace.openTextDocument({ content: 'PNG\0\0IHDR' });
    await vscode.window.showTextDocument(document);
    await teachSelection();
    await ui.message(/binary file/);
  });

  it('refuses a lesson of another extension that lacks a question, and says what is wrong', async () => {
    await teachSelection({ statement: CEO.statement, questions: [], answer: 'Qi' });
    await ui.message(/at least one question/);
    await teachSelection({ statement: '  ', questions: [CEO.question], answer: 'Qi' });
    await ui.message(/blank/);
  });

  it('says why an answer that the statement does not give is not learned, and keeps what was typed', async () => {
    const answer = 'Bartholomew';
    ui.press('Edit and Try Again');
    const report = await teach({ statement: CEO.statement, questions: [CEO.question], answer });
    assert.equal(report.learned, false);
    const { severity, buttons } = await ui.message(/^Not learned: .*Bartholomew/);
    assert.equal(severity, 'warning');
    assert.deepEqual(buttons, ['Edit and Try Again']);
    assert.equal((await ui.box(/Which question/)).value, CEO.question);
    await keys.enter();
    assert.equal((await ui.box(/What should the model answer/)).value, answer);
    await keys.escape();
  });
});
