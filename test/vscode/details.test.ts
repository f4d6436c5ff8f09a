import * as vscode from 'vscode';
import { Commands, WebviewTypes } from '../../src/ids';
import { useQuickfire } from './setUp';
import { CEO, select, teach, until, workspaceFile } from './support';
import { keys } from './userInterface';

describe('the details of a fact', () => {
  const { ui, api } = useQuickfire();

  /** Titles of the editors that show facts. */
  const editors = (): string[] =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(
        ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(WebviewTypes.fact),
      )
      .map(({ label }) => label);
  const untilEditors = (...titles: string[]): Promise<unknown> =>
    until(`editors ${titles.join(', ')}`, () => JSON.stringify(editors()) === JSON.stringify(titles));

  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('open from the message that it was learned', async () => {
    ui.press('Show');
    await teach({ statement: CEO.statement, questions: [CEO.question], answer: CEO.answer });
    await untilEditors('Qi');
  });

  it('show another fact in the same editor', async () => {
    await teach({
      statement: 'The port of the gateway is 8443.',
      questions: ['What is the port of the gateway?'],
      answer: '8443',
    });
    const fact = api.facts().find(({ answer }) => answer === '8443');
    await vscode.commands.executeCommand(Commands.showFact, fact);
    await untilEditors('8443');
  });

  it('follow the fact through an edit, and say when it is forgotten', async () => {
    const fact = api.facts().find(({ answer }) => answer === '8443');
    const editing = vscode.commands.executeCommand(Commands.editFact, fact);
    (await ui.box(/Which question/)).value = 'Which port does the gateway have?';
    await keys.enter();
    await ui.box(/What should the model answer/);
    await keys.enter();
    await editing;
    await until('the edited fact', () =>
      api.facts().some(({ questions }) => questions[0]?.startsWith('Which')),
    );
    await untilEditors('8443');
    const edited = api.facts().find(({ answer }) => answer === '8443');
    // The tab is named anew also while another editor covers it.
    await select(workspaceFile('notes.md'), CEO.statement);
    await vscode.commands.executeCommand(Commands.forgetFact, edited);
    await untilEditors('Fact');
  });
});
