import type { SidecarClient } from '../client';
import type { FactList } from '../factList';
import { targetFacts } from './pickFact';

/** Takes facts into what the model knows, or out of it; they stay in the list. */
export function setFactEnabled(client: SidecarClient, facts: FactList, enabled: boolean) {
  return async (item?: unknown, selected?: unknown): Promise<void> => {
    const verb = enabled ? 'Enable' : 'Disable';
    for (const { id } of await targetFacts(facts, item, selected, `${verb} which fact?`)) {
      await client.request('setFactEnabled', { id, enabled });
    }
  };
}
