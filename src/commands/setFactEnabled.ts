import { contradiction, type Contradiction } from '../../sidecar/learning/contradiction';
import type { FactState } from '../../sidecar/protocol';
import type { SidecarClient } from '../client';
import { isCancellation, UserError, type Messages } from '../errors';
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
    for (const { id } of await targetFacts(facts, item, selected, DISABLE)) {
      await withListProgress(() => client.request('setFactEnabled', { id, enabled: false }));
    }
  };
}

/** Takes facts into what the model knows again; offers to swap one with a fact that contradicts it. */
export function enableFact(client: SidecarClient, facts: FactList, messages: Messages) {
  return async (item?: unknown, selected?: unknown): Promise<void> => {
    for (const fact of await targetFacts(facts, item, selected, ENABLE)) {
      try {
        await withListProgress(() => client.request('setFactEnabled', { id: fact.id, enabled: true }));
      } catch (error) {
        const rival = contradiction(
          fact,
          facts.all.filter((other) => other.enabled),
        );
        if (!rival || isCancellation(error) || error instanceof UserError) throw error;
        offerSwap(client, messages, fact, rival);
      }
    }
  };
}

/** Nothing was enabled: `other` is an enabled fact that answers a question of `fact` differently. */
function offerSwap(
  client: SidecarClient,
  messages: Messages,
  fact: FactState,
  { question, fact: other }: Contradiction,
): void {
  const swap = async (): Promise<void> => {
    await client.request('setFactEnabled', { id: other.id, enabled: false });
    try {
      await client.request('setFactEnabled', { id: fact.id, enabled: true });
    } catch (error) {
      await client.request('setFactEnabled', { id: other.id, enabled: true });
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
