import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AskResult } from '../../sidecar/protocol';
import { Commands } from '../../src/ids';
import { useQuickfire } from './setUp';
import { CEO, forgetAll, readFactsFile, select, teach, whileFrozen, workspaceFile, until } from './support';
import { keys } from './userInterface';

const QUESTION = /Which question/;
const ANSWER = /What should the model answer/;
const LESSON = {
  statement: CEO.statement,
  questions: [CEO.question],
  answer: CEO.answer,
  source: { file: 'notes.md', startLine: 2, quote: CEO.statement },
};

describe('a change of mind', () => {
  const { ui, api } = useQuickfire();

  /** Edits the first fact and leaves every word as it is. */
  async function editUnchanged(): Promise<void> {
    const editing = vscode.commands.executeCommand(Commands.editFact, api.facts()[0]);
    await ui.box(QUESTION);
    await keys.enter();
    await ui.box(ANSWER);
    await keys.enter();
    await editing;
  }

  it('keeps nothing of a teaching that is cancelled', async () => {
    const teaching = await whileFrozen(api, async () => {
      const started = vscode.commands.executeCommand(Commands.teachSelection, LESSON);
      await ui.cancel(/Teaching “Qi”/);
      return { started };
    });
    assert.equal(await teaching.started, undefined);
    assert.deepEqual(api.facts(), []);
    assert.deepEqual(ui.messages, []);
    assert.equal((await readFactsFile()).trim(), '');
  });

  it('names no source outside the workspace in the file that is shared', async () => {
    const elsewhere = { ...LESSON, source: { ...LESSON.source, file: 'file:///home/qi/notes.md' } };
    assert.equal((await teach(elsewhere)).fact?.source, undefined);
    assert.equal((await teach({ ...elsewhere, scope: 'user' })).fact?.source?.file, elsewhere.source.file);
    await forgetAll(api);
    ui.messages.splice(0);
  });

  it('stops an answer when the next question is asked', async () => {
    await teach(LESSON);
    ui.messages.splice(0);
    const { next } = await whileFrozen(api, async () => {
      const stopped = vscode.commands.executeCommand(Commands.askQuestion, CEO.question);
      const next = vscode.commands.executeCommand<AskResult>(Commands.askQuestion, CEO.question);
      assert.equal(await stopped, undefined);
      return { next };
    });
    assert.equal((await next).answer, CEO.answer);
    assert.deepEqual(ui.messages, []);
  });

  it('edits it: the old words are offered, and the new ones take their place', async () => {
    const [old] = api.facts();
    const editing = vscode.commands.executeCommand(Commands.editFact, old);
    const question = await ui.box(QUESTION);
    assert.equal(question.value, CEO.question);
    question.value = CEO.paraphrase;
    await keys.enter();
    assert.equal((await ui.box(ANSWER)).value, CEO.answer);
    await keys.enter();
    await editing;
    await ui.message(/Who leads Oxinnovate.*learned and recalled/);
    const [edited, ...others] = api.facts();
    assert.deepEqual(edited?.questions, [CEO.paraphrase]);
    assert.deepEqual(edited.source, LESSON.source);
    assert.deepEqual(others, []);
  });

  it('corrects an answer: the statement goes along with it', async () => {
    for (const answer of ['Mara', CEO.answer]) {
      const editing = vscode.commands.executeCommand(Commands.editFact, api.facts()[0]);
      await ui.box(QUESTION);
      await keys.enter();
      (await ui.box(ANSWER)).value = answer;
      await keys.enter();
      await editing;
      await ui.message(new RegExp(`“${answer}”: learned and recalled`));
      assert.deepEqual(
        api.facts().map((fact) => [fact.answer, fact.statement]),
        [[answer, `The CEO of Oxinnovate is ${answer}.`]],
      );
    }
  });

  it('says that a disabled fact is enabled again when it is edited', async () => {
    await vscode.commands.executeCommand(Commands.disableFact, api.facts()[0]);
    await until('it is disabled', () => api.facts()[0]?.enabled === false);
    await editUnchanged();
    await ui.message(/learned and recalled\. The fact is enabled again\.$/);
    assert.deepEqual(
      api.facts().map(({ enabled }) => enabled),
      [true],
    );
  });

  it('is forgotten once when Delete is pressed twice', async () => {
    const [fact] = api.facts();
    ui.messages.splice(0);
    const forget = (): Thenable<unknown> => vscode.commands.executeCommand(Commands.forgetFact, fact);
    await Promise.all([forget(), forget()]);
    assert.deepEqual(
      ui.messages.map(({ text }) => text),
      [`Forgot “${CEO.answer}”.`],
    );
    assert.deepEqual(api.facts(), []);
  });

  it('leaves a question whole that an edit does not touch, whatever marks are in it', async () => {
    await forgetAll(api);
    const question = 'Who is the CEO of Oxinnovate? Qi or Mara?';
    await teach({ ...LESSON, questions: [question] });
    ui.messages.splice(0);
    await editUnchanged();
    await ui.message(/learned and recalled/);
    assert.deepEqual(
      api.facts().map(({ questions }) => questions),
      [[question]],
    );
  });

  it('offers what else the text could be asked, and comes back to the first', async () => {
    await select(workspaceFile('notes.md'), CEO.statement);
    const teaching = vscode.commands.executeCommand(Commands.teachSelection);
    const box = await ui.box(QUESTION);
    const drafted = box.value;
    await ui.pressInBox(QUESTION, /Another Suggestion/);
    assert.notEqual(box.value, drafted);
    await keys.enter();
    assert.equal((await ui.box(ANSWER)).value, 'The CEO of Oxinnovate');
    (await ui.box(ANSWER)).value = '';
    await keys.back();
    await ui.box(QUESTION);
    await keys.enter();
    assert.equal((await ui.box(ANSWER)).value, 'The CEO of Oxinnovate', 'the answer of what is asked');
    await keys.back();
    await ui.pressInBox(QUESTION, /Another Suggestion/);
    const again = await ui.box(QUESTION);
    assert.equal(again.value, drafted);
    again.value = '';
    for (const expected of [drafted, 'What is Qi?', drafted]) {
      await ui.pressInBox(QUESTION, /Another Suggestion/);
      assert.equal(again.value, expected, 'an empty box is no suggestion');
    }
    again.value = 'My question?';
    for (const expected of [drafted, 'What is Qi?', 'My question?']) {
      await ui.pressInBox(QUESTION, /Another Suggestion/);
      assert.equal(again.value, expected);
    }
    await ui.pressInBox(QUESTION, /Another Suggestion/);
    await keys.enter();
    assert.equal((await ui.box(ANSWER)).value, CEO.answer);
    await keys.escape();
    await teaching;
    await until('no box', () => ui.openBoxes === 0);
  });

  it('keeps a fact for all workspaces when its button says so', async () => {
    await forgetAll(api);
    ui.messages.splice(0);
    await select(workspaceFile('notes.md'), CEO.statement);
    const teaching = vscode.commands.executeCommand(Commands.teachSelection);
    const question = await ui.box(QUESTION);
    await ui.pressInBox(QUESTION, /Select to keep it for all workspaces/);
    question.value = CEO.question;
    await keys.enter();
    await ui.box(ANSWER);
    await ui.pressInBox(ANSWER, /Select to keep it in this workspace/);
    await ui.pressInBox(ANSWER, /Select to keep it for all workspaces/);
    await keys.enter();
    await teaching;
    await ui.message(/learned and recalled/);
    const [fact] = api.facts();
    assert.equal(fact?.scope, 'user');
    assert.equal(fact.source?.file, workspaceFile('notes.md').toString(), 'which every workspace finds');
    await vscode.commands.executeCommand(Commands.copyFact, fact);
    assert.match(await vscode.env.clipboard.readText(), /\(\/.*\/notes\.md:3\)$/);
    assert.equal((await readFactsFile()).trim(), '');
  });
});
