import type { FactState } from '../../sidecar/protocol';
import type { SidecarClient } from '../client';
import type { Messages } from '../errors';
import type { FactList } from '../factList';
import { SELECTION } from '../ids';
import { restoreFacts } from '../restoreFacts';
import { clip } from '../source/statement';
import { withListProgress } from '../views/listProgress';
import { targetFacts } from './pickFact';

/**
 * Forgets facts, and offers to undo it.
 * @param listed those in the list that a key is meant for
 */
export function forgetFact(
  client: SidecarClient,
  facts: FactList,
  messages: Messages,
  listed: () => Promise<readonly FactState[]>,
) {
  return async (item?: unknown, selected?: unknown): Promise<void> => {
    const chosen =
      item === SELECTION
        ? await listed()
        : await targetFacts(facts, item, selected, { placeHolder: 'Select a fact to forget' });
    if (chosen.length === 0) return;
    const what = chosen.length === 1 ? `“${clip(chosen[0]?.answer ?? '', 60)}”` : `${chosen.length} facts`;
    await forget(
      client,
      messages,
      chosen.map((fact) => fact.id),
      what,
    );
  };
}

/** Forgets by id; the message's Undo button puts the same facts back. */
export async function forget(
  client: SidecarClient,
  messages: Messages,
  ids: string[],
  what: string,
): Promise<void> {
  const forgotten = await withListProgress(() => client.request('forgetFacts', { ids }));
  // Another window, or the same key a moment before, may have forgotten them.
  if (forgotten.length === 0) return;
  messages.show('information', `Forgot ${what}.`, [
    { title: 'Undo', run: () => restoreFacts(client, messages, forgotten) },
  ]);
}
