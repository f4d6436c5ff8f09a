import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { FactState } from '../../sidecar/protocol';
import { Commands } from '../../src/ids';
import { useQuickfire } from './setUp';
import { ask, CEO, teach, until } from './support';

describe('a contradiction', () => {
  const { ui, api } = useQuickfire();
  const old = { statement: CEO.statement, questions: [CEO.question], answer: CEO.answer };
  const other = { statement: 'The CEO of Oxinnovate is Mara.', questions: [CEO.question], answer: 'Mara' };

  const factOf = (answer: string): FactState | undefined =>
    api.facts().find((fact) => fact.answer === answer);
  const enabled = (): string[] =>
    api
      .facts()
      .filter((fact) => fact.enabled)
      .map(({ answer }) => answer);

  before(async () => {
    await teach(old);
  });

  it('is not learned before the user was asked', async () => {
    const report = await teach(other);
    assert.equal(report.learned, false);
    const { severity, text, buttons } = await ui.message(/already answered/);
    assert.equal(severity, 'warning');
    assert.equal(text, `“${CEO.question}” is already answered with “Qi”. Replace it with “Mara”?`);
    assert.deepEqual(buttons, ['Replace', 'Edit and Try Again']);
    assert.deepEqual(
      api.facts().map(({ answer }) => answer),
      ['Qi'],
    );
  });

  it('takes the old fact’s place by Replace, and gives it back by Undo', async () => {
    ui.press('Replace');
    await teach(other);
    await ui.message(/“Mara”: learned.*, replacing “Qi”/);
    assert.deepEqual(enabled(), ['Mara']);
    assert.equal(factOf('Qi')?.enabled, false, 'the old one is kept');
    assert.equal((await ask(CEO.question)).answer, 'Mara');
    await vscode.commands.executeCommand(Commands.forgetFact, factOf('Mara'));
    await vscode.commands.executeCommand(Commands.enableFact, factOf('Qi'));
    ui.messages.splice(0);

    ui.press('Replace', 'Undo');
    await teach(other);
    await ui.message(/already answered/);
    await ui.message(/replacing “Qi”/);
    await until('the old fact', () => factOf('Qi')?.learned);
    assert.deepEqual(enabled(), ['Qi']);
    assert.equal(factOf('Mara'), undefined);
    assert.equal((await ask(CEO.question)).answer, 'Qi');
  });

  it('is found in other words by asking, and learned beside the old fact by Keep Both', async () => {
    const inOtherWords = { statement: 'Mara leads Oxinnovate.', questions: [CEO.paraphrase], answer: 'Mara' };
    ui.press('Keep Both');
    const report = await teach(inOtherWords);
    assert.equal(report.learned, false);
    const { text, buttons } = await ui.message(/already answered/);
    assert.equal(
      text,
      `“${CEO.paraphrase}” is already answered with “Qi” (“${CEO.statement}”). Replace it with “Mara”?`,
    );
    assert.deepEqual(buttons, ['Replace', 'Keep Both', 'Edit and Try Again']);
    await ui.message(/“Mara”: learned/);
    assert.deepEqual(enabled().sort(), ['Mara', 'Qi']);
    await vscode.commands.executeCommand(Commands.forgetFact, factOf('Mara'));
  });

  it('is offered as a swap when a switched-off fact is enabled', async () => {
    await vscode.commands.executeCommand(Commands.disableFact, factOf('Qi'));
    await teach(other);
    await vscode.commands.executeCommand(Commands.enableFact, factOf('Qi'));
    const { severity, buttons } = await ui.message(/already answered with “Mara”.*enable “Qi”\?/);
    assert.equal(severity, 'warning');
    assert.deepEqual(buttons, ['Swap']);
    assert.deepEqual(enabled(), ['Mara']);
    ui.press('Swap');
    await vscode.commands.executeCommand(Commands.enableFact, factOf('Qi'));
    await until('the swapped fact', () => factOf('Qi')?.learned);
    assert.deepEqual(enabled(), ['Qi']);
    assert.equal((await ask(CEO.question)).answer, 'Qi');
  });
});
