import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ConsolidationReport, FactState, MemoryState } from '../../sidecar/protocol';
import { Commands } from '../../src/ids';
import { heldFactItem, memoryRows, weakestFacts } from '../../src/views/memoryRows';
import { useQuickfire } from './setUp';
import { CEO, teach, until, whileFrozen } from './support';

/** Within this, the editor has written its requests into the frozen sidecar's pipe. */
const SENT_MS = 100;

const STATE: MemoryState = {
  facts: 2,
  positions: 7,
  fill: 0.129,
  verified: { recalled: 1, asked: 2, at: '2026-01-01T10:00:00Z' },
  forgotten: ['gone-from-the-list', 'b'],
  weakest: [{ factId: 'a', hold: 0.999 }],
  consolidation: 'due',
};
const FACT: FactState = {
  id: 'a',
  statement: CEO.statement,
  questions: [CEO.question],
  answer: CEO.answer,
  scope: 'user',
  enabled: true,
  taughtAt: '2026-01-01T09:00:00Z',
  learned: true,
};

describe('the memory', () => {
  const { ui, api } = useQuickfire();
  const consolidate = (): Thenable<ConsolidationReport | undefined> =>
    vscode.commands.executeCommand(Commands.consolidate);

  it('shows what it holds, when that was verified, and the weakest facts', () => {
    const rows = memoryRows(STATE, new Date('2026-01-01T10:05:10Z'));
    assert.deepEqual(
      rows.map(({ label, description }) => [label, description]),
      [
        ['Facts held', '2'],
        ['Answer positions', '7'],
        ['Fill', '12 %'],
        ['Recall', '1 of 2, 5 minutes ago'],
      ],
    );
    const facts = [FACT, { ...FACT, id: 'b' }];
    const weakest = weakestFacts(STATE, (id) => facts.find((fact) => fact.id === id));
    const items = weakest.map(heldFactItem);
    assert.deepEqual(
      items.map(({ id, description }) => [id, description]),
      [
        ['b', `not recalled · ${CEO.question}`],
        ['a', `99 % held · ${CEO.question}`],
      ],
    );
    assert.match(items[0]?.accessibilityInformation?.label ?? '', /Not recalled when last checked/);
    assert.equal(items[1]?.command?.command, Commands.showFact);
  });

  it('is empty at first', async () => {
    await until('an empty memory', () => api.memory()?.facts === 0);
    assert.equal(api.memory()?.consolidation, 'none');
  });

  it('holds what is taught, and is due for consolidation', async () => {
    await teach({ statement: CEO.statement, questions: [CEO.question], answer: CEO.answer });
    await teach({
      statement: 'The port of the gateway is 8443.',
      questions: ['What is the port of the gateway?'],
      answer: '8443',
    });
    await until('two facts', () => api.memory()?.facts === 2);
    const { positions = 0, weakest = [], consolidation } = api.memory() ?? {};
    assert.ok(positions >= 2, `${positions} positions`);
    assert.deepEqual(
      weakest.map(({ factId }) => factId).sort(),
      api
        .facts()
        .map(({ id }) => id)
        .sort(),
    );
    assert.equal(consolidation, 'due');
  });

  it('stops a consolidation, which can be done later', async () => {
    const { started } = await whileFrozen(api, async () => {
      const running = consolidate();
      void vscode.commands.executeCommand(Commands.stopConsolidation);
      await setTimeout(SENT_MS);
      return { started: running };
    });
    assert.equal((await started)?.outcome, 'stopped');
    await until('it is due again', () => api.memory()?.consolidation === 'due');
    assert.deepEqual(ui.messages, []);
  });

  it('consolidates, and says quietly how many facts are recalled', async () => {
    const report = await consolidate();
    assert.equal(report?.outcome, 'kept');
    assert.equal(report.asked, 2);
    await until('its end', () => api.memory()?.consolidation === 'done');
    assert.equal(api.memory()?.verified?.asked, 2);
    assert.deepEqual(ui.messages, []);
  });
});
