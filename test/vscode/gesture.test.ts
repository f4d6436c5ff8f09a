import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { Commands, SELECTION, Views } from '../../src/ids';
import { readSelection, sourceUri } from '../../src/source/selection';
import { factItem } from '../../src/views/factItem';
import { ask, CEO, forgetAll, readFactsFile, select, teach, until, workspaceFile } from './support';
import { useQuickfire } from './setUp';
import { keys } from './userInterface';

const QUESTION = /Which question/;
const ANSWER = /What should the model answer/;
const LESSON = { statement: CEO.statement, questions: [CEO.question], answer: CEO.answer };

describe('the gesture', () => {
  const { ui, api } = useQuickfire();

  it('does not know the fact at first', async () => {
    const { abstained, fired } = await ask(CEO.question);
    assert.equal(abstained, true);
    assert.deepEqual(fired, []);
  });

  it('offers to teach a selection in the lightbulb', async () => {
    const { document, selection } = await select(workspaceFile('notes.md'), CEO.statement);
    const actionsAt = (uri: vscode.Uri, range: vscode.Range): Thenable<vscode.CodeAction[]> =>
      vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range);
    const isOffered = async (
      uri: vscode.Uri,
      range: vscode.Range,
      wanted: string = Commands.teachSelection,
    ): Promise<boolean> => (await actionsAt(uri, range)).some(({ command }) => command?.command === wanted);
    assert.ok(await isOffered(document.uri, selection));
    assert.ok(!(await isOffered(document.uri, selection, Commands.teachLines)));
    const lines = new vscode.Range(selection.start, selection.end.translate(1));
    assert.ok(await isOffered(document.uri, lines, Commands.teachLines));
    assert.ok(!(await isOffered(document.uri, new vscode.Range(selection.start, selection.start))));
    const content = { provideTextDocumentContent: (): string => document.getText() };
    const provider = vscode.workspace.registerTextDocumentContentProvider('vscode-scm', content);
    const message = document.uri.with({ scheme: 'vscode-scm' });
    await vscode.workspace.openTextDocument(message);
    assert.ok(!(await isOffered(message, selection)), 'which is no editor');
    provider.dispose();
  });

  it('teaches nothing of the editor beside the text that it is called from', async () => {
    await select(workspaceFile('notes.md'), CEO.statement);
    await vscode.commands.executeCommand(Commands.teachSelection, workspaceFile('docs/notes.md'));
    await ui.message(/Open a text file and select the fact to teach/);
    const teaching = vscode.commands.executeCommand(Commands.teachSelection, workspaceFile('notes.md'));
    await ui.box(QUESTION);
    await keys.escape();
    await teaching;
  });

  it('leaves nothing behind on Escape, at either step', async () => {
    await select(workspaceFile('notes.md'), CEO.statement);
    for (const steps of [1, 2]) {
      const teaching = vscode.commands.executeCommand(Commands.teachSelection);
      const question = await ui.box(QUESTION);
      if (steps === 2) {
        question.value = CEO.question;
        await keys.enter();
        await ui.box(ANSWER);
      }
      await keys.escape();
      assert.equal(await teaching, undefined);
    }
    assert.equal(ui.openBoxes, 0);
    assert.deepEqual(api.facts(), []);
    assert.deepEqual(ui.messages, []);
    assert.equal((await readFactsFile()).trim(), '');
  });

  it('wants a question and an answer, and goes back with what was typed', async () => {
    await select(workspaceFile('notes.md'), CEO.statement);
    const teaching = vscode.commands.executeCommand(Commands.teachSelection);
    const question = await ui.box(QUESTION);
    assert.equal(question.title, `Teach “${CEO.statement}”`);
    assert.match(question.value, /Oxinnovate/, 'a question is drafted');
    question.value = ' ';
    await keys.enter();
    await until('the missing question', () => question.validationMessage);
    question.value = CEO.question;
    await keys.enter();
    const answer = await ui.box(ANSWER);
    assert.equal(answer.value, CEO.answer, 'the answer is drafted');
    answer.value = '';
    await keys.enter();
    await until('the missing answer', () => answer.validationMessage);
    answer.value = 'typed';
    await keys.back();
    assert.equal((await ui.box(QUESTION)).value, CEO.question);
    await keys.enter();
    assert.equal((await ui.box(ANSWER)).value, 'typed');
    await keys.escape();
    assert.equal(await teaching, undefined);
  });

  it('teaches the highlighted line and says so in one line', async () => {
    await select(workspaceFile('notes.md'), CEO.statement, 'cursor');
    const teaching = vscode.commands.executeCommand(Commands.teachSelection);
    const question = await ui.box(QUESTION);
    question.value = CEO.question;
    await keys.enter();
    await ui.box(ANSWER);
    await keys.enter();
    await teaching;
    const { severity, buttons } = await ui.message(/“Qi”: learned and recalled/);
    assert.equal(severity, 'information');
    assert.deepEqual(buttons, ['Ask', 'Show', 'Undo']);
    assert.match(await readFactsFile(), /"answer":"Qi"/);
  });

  it('recalls it, also by a paraphrase, and names the fact that fired', async () => {
    const [fact] = api.facts();
    for (const question of [CEO.question, CEO.paraphrase]) {
      const { answer, abstained, fired } = await ask(question);
      assert.equal(answer, CEO.answer);
      assert.equal(abstained, false);
      assert.equal(fired[0]?.factId, fact?.id);
    }
  });

  it('shows it in the list, with its source', () => {
    const [fact, ...others] = api.facts();
    assert.ok(fact);
    assert.deepEqual(others, []);
    const item = factItem(fact);
    assert.equal(item.label, CEO.answer);
    assert.equal(item.description, CEO.question);
    assert.equal(item.contextValue, 'fact enabled source');
    assert.ok(item.tooltip instanceof vscode.MarkdownString);
    assert.match(item.tooltip.value, /notes\\?\.md:3/);
    assert.match(item.accessibilityInformation?.label ?? '', /Learned/);
  });

  it('teaches the selection from the title of the list, whichever fact has the focus there', async () => {
    await select(workspaceFile('notes.md'), 'The port of the gateway is 8443.');
    const teaching = vscode.commands.executeCommand(Commands.teachSelection, api.facts()[0]);
    assert.match((await ui.box(QUESTION)).title ?? '', /The port of the gateway/);
    await keys.escape();
    assert.equal(await teaching, undefined);
  });

  it('opens its source, finds it after an edit, and says when it is gone', async () => {
    const [fact] = api.facts();
    const selected = (): string => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.getText(editor.selection) ?? '';
    };
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand(Commands.openSource, fact);
    assert.equal(selected(), CEO.statement);

    const editor = await select(workspaceFile('notes.md'), '# Notes', 'cursor');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '\nMoved down.\n\n'));
    await vscode.commands.executeCommand(Commands.openSource, fact);
    assert.equal(selected(), CEO.statement);

    await editor.edit((edit) => edit.replace(editor.selection, 'Nothing here.'));
    await vscode.commands.executeCommand(Commands.openSource, fact);
    await ui.message(/no longer in notes\.md.*The CEO of Oxinnovate is Qi/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('abstains while it is disabled, and knows it again when enabled', async () => {
    const [fact] = api.facts();
    await vscode.commands.executeCommand(Commands.disableFact, fact);
    await until('the disabled fact', () => api.facts()[0]?.enabled === false);
    assert.equal((await ask(CEO.question)).abstained, true);
    await vscode.commands.executeCommand(Commands.enableFact, fact);
    await until('the enabled fact', () => api.facts()[0]?.learned);
    assert.equal((await ask(CEO.question)).answer, CEO.answer);
  });

  it('names the lines of the text, not those of the white space around it', async () => {
    const editor = await select(workspaceFile('notes.md'), `\n${CEO.statement}\n`);
    const { source } = readSelection(editor);
    assert.deepEqual([source?.startLine, source?.quote], [2, CEO.statement]);
  });

  it('names a file of the folder by its path there, whatever shows it', async () => {
    const content = { provideTextDocumentContent: (): string => CEO.statement };
    const provider = vscode.workspace.registerTextDocumentContentProvider('git', content);
    const file = workspaceFile('docs/notes.md').with({ scheme: 'git', query: 'HEAD' });
    for (const [uri, name] of [
      [file, 'docs/notes.md'],
      [workspaceFile('notes:2024.md').with({ scheme: 'git' }), './notes:2024.md'],
      [file.with({ path: '/elsewhere/notes.md' }), 'file:///elsewhere/notes.md'],
    ] as const) {
      const editor = await vscode.window.showTextDocument(uri);
      assert.equal(readSelection(editor).source?.file, name);
      assert.equal(sourceUri(name)?.path, uri.path, 'where it is found again');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    provider.dispose();
  });

  it('names no file where text was never saved', async () => {
    const document = await vscode.workspace.openTextDocument({ content: CEO.statement });
    const selected = readSelection(await vscode.window.showTextDocument(document));
    assert.deepEqual(selected, { statement: CEO.statement, source: undefined });
    const code = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, CEO.statement, 'python');
    const data = new vscode.NotebookData([code]);
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(0).document;
    const editor = await vscode.window.showTextDocument(cell);
    assert.equal(editor.document, cell);
    assert.deepEqual(readSelection(editor), selected);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('copies it as text', async () => {
    await vscode.commands.executeCommand(Commands.copyFact, api.facts()[0]);
    assert.equal(
      await vscode.env.clipboard.readText(),
      `${CEO.question}\n${CEO.answer}\n${CEO.statement} (notes.md:3)`,
    );
  });

  it('forgets it, and undoes that', async () => {
    const [fact] = api.facts();
    await vscode.commands.executeCommand(Commands.forgetFact, fact);
    await until('the empty list', () => api.facts().length === 0);
    await ui.message(/Forgot “Qi”/);
    assert.equal((await ask(CEO.question)).abstained, true);
    assert.equal((await readFactsFile()).trim(), '');

    ui.press('Undo');
    await teach(LESSON);
    await until('the undone teaching', () => api.facts().length === 0);

    await teach(LESSON);
    ui.press('Undo');
    await vscode.commands.executeCommand(Commands.forgetFact, api.facts()[0]);
    await until('the fact again', () => api.facts()[0]?.learned);
    assert.equal((await ask(CEO.question)).answer, CEO.answer);
  });

  it('undoes a repeated teaching: the fact is as it was', async () => {
    await vscode.commands.executeCommand(Commands.disableFact, api.facts()[0]);
    ui.press('Undo');
    await teach(LESSON);
    await until('the disabled fact', () => api.facts()[0]?.enabled === false);
    await vscode.commands.executeCommand(Commands.enableFact, api.facts()[0]);
  });

  it('forgets what is chosen in the list by its key', async () => {
    await teach({
      statement: 'The port of the gateway is 8443.',
      questions: ['Which port?'],
      answer: '8443',
    });
    const [first, last] = await until('two facts', () => api.facts().length === 2 && api.facts());
    const isForgotten = (): boolean => api.facts().every(({ id }) => id !== last?.id);
    for (let tries = 0; tries < 50 && !isForgotten(); tries++) {
      await vscode.commands.executeCommand(`${Views.facts}.focus`);
      await vscode.commands.executeCommand('list.focusFirst');
      await vscode.commands.executeCommand('list.selectAndPreserveFocus');
      // What the focus has moved to since is meant, not what was selected before.
      await vscode.commands.executeCommand('list.focusLast');
      await vscode.commands.executeCommand(Commands.forgetFact, SELECTION);
      await setTimeout(100);
    }
    await ui.message(new RegExp(`Forgot “${last?.answer}”`));
    assert.deepEqual(
      api.facts().map(({ id }) => id),
      [first?.id],
    );
    await forgetAll(api);
    await teach(LESSON);
    ui.messages.splice(0);
  });

  it('forgets all only when that is confirmed', async () => {
    await vscode.commands.executeCommand(Commands.forgetAllFacts);
    await ui.message(/Forget the only fact\?/);
    assert.equal(api.facts().length, 1);
    ui.press('Forget All');
    await vscode.commands.executeCommand(Commands.forgetAllFacts);
    await until('the empty list', () => api.facts().length === 0);
  });
});
