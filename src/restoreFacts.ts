import type { Fact } from '../sidecar/protocol';
import type { SidecarClient } from './client';
import type { Messages } from './errors';
import { clip } from './source/statement';
import { withListProgress } from './views/listProgress';

/**
 * Forgets facts that were just taught.
 * @param former what they replaced, to be put back
 * @param superseded ids of those that were disabled for them, to be enabled
 */
export async function takeBack(
  client: SidecarClient,
  messages: Messages,
  ids: readonly string[],
  former: readonly Fact[],
  superseded: readonly string[],
): Promise<void> {
  await client.request('forgetFacts', { ids: [...ids] });
  if (former.length > 0) await restoreFacts(client, messages, former);
  if (superseded.length > 0) await client.request('setFactsEnabled', { ids: [...superseded], enabled: true });
}

/** Puts facts back as they were, and says which came back disabled, since one that was taught since is in their way. */
export async function restoreFacts(
  client: SidecarClient,
  messages: Messages,
  facts: readonly Fact[],
): Promise<void> {
  const restored = await withListProgress(() => client.request('restoreFacts', { facts: [...facts] }));
  const wasEnabled = new Set(facts.filter(({ enabled }) => enabled).map(({ id }) => id));
  const off = restored.filter(({ id, enabled }) => !enabled && wasEnabled.has(id));
  if (off.length === 0) return;
  const named = off.map(({ answer }) => `“${clip(answer, 60)}”`).join(', ');
  const verb = off.length === 1 ? 'was' : 'were';
  messages.show(
    'information',
    `${named} ${verb} restored but disabled, because another fact answers the same question differently.`,
  );
}
