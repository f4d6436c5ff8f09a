import { contradiction, type Contradiction } from '../../sidecar/learning/contradiction';
import type { FactState } from '../../sidecar/protocol';
import type { SidecarClient } from '../client';
import type { Messages } from '../errors';
import type { FactList } from '../factList';
import { clip } from '../source/statement';
import { withListProgress } from '../views/listProgress';
import { targetFacts, type Picking } from './pickFact';

const ENABLE: Picking = {
  placeHolder: 'Select a fact to enable',
  fits: ({ enabled }) => !enabled,
  none: 'All facts are already enabled.',
};
const DISABLE: Picking = {
  placeHolder: 'Select a fact to disable',
  fits: ({ enabled }) => enabled,
  none: 'All facts are already disabled.',
};

/** Takes facts out of what the model knows; they stay in the list. */
export function disableFact(client: SidecarClient, facts: FactList) {
  return async (item?: unknown, selected?: unknown): Promise<void> => {
    const chosen = await targetFacts(facts, item, selected, DISABLE);
    await withListProgress(() => setEnabled(client, chosen, false));
  };
}

/** Takes facts into what the model knows again; offers to swap each that another one contradicts. */
export function enableFact(client: SidecarClient, facts: FactList, messages: Messages) {
  return async (item?: unknown, selected?: unknown): Promise<void> => {
    const chosen = await targetFacts(facts, item, selected, ENABLE);
    const enabled = facts.all.filter((fact) => fact.enabled);
    const free: FactState[] = [];
    const swaps: (() => void)[] = [];
    for (const fact of chosen) {
      const rival = contradiction(fact, [...enabled, ...free]);
      if (rival) swaps.push(() => offerSwap(client, messages, fact, rival));
      else free.push(fact);
    }
    if (free.length > 0) await withListProgress(() => setEnabled(client, free, true));
    for (const offer of swaps) offer();
  };
}

/** Enables or disables facts at once, so that the model changes once. */
async function setEnabled(
  client: SidecarClient,
  facts: readonly Pick<FactState, 'id'>[],
  enabled: boolean,
): Promise<void> {
  await client.request('setFactsEnabled', { ids: facts.map(({ id }) => id), enabled });
}

/** `fact` was not enabled: `other` is an enabled fact that answers a question of `fact` differently. */
function offerSwap(
  client: SidecarClient,
  messages: Messages,
  fact: FactState,
  { question, fact: other }: Contradiction,
): void {
  const swap = async (): Promise<void> => {
    await setEnabled(client, [other], false);
    try {
      await setEnabled(client, [fact], true);
    } catch (error) {
      await setEnabled(client, [other], true);
      throw error;
    }
  };
  messages.show(
    'warning',
    `“${clip(question, 80)}” is already answered with “${clip(other.answer, 60)}”. ` +
      `Disable that fact and enable “${clip(fact.answer, 60)}”?`,
    [{ title: 'Swap', run: swap }],
  );
}
