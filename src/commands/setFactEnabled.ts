import type { FactState } from '../../sidecar/protocol';
import type { SidecarClient } from '../client';
import { isCancellation, UserError, type Messages } from '../errors';
import type { FactList } from '../factList';
import { clip, isSameQuestion } from '../source/statement';
import { targetFacts } from './pickFact';

/** Takes facts out of what the model knows; they stay in the list. */
export function disableFact(client: SidecarClient, facts: FactList) {
  return async (item?: unknown, selected?: unknown): Promise<void> => {
    for (const { id } of await targetFacts(facts, item, selected, 'Disable which fact?')) {
      await client.request('setFactEnabled', { id, enabled: false });
    }
  };
}

/** Takes facts into what the model knows again; offers to swap one with a fact that contradicts it. */
export function enableFact(client: SidecarClient, facts: FactList, messages: Messages) {
  return async (item?: unknown, selected?: unknown): Promise<void> => {
    for (const fact of await targetFacts(facts, item, selected, 'Enable which fact?')) {
      try {
        await client.request('setFactEnabled', { id: fact.id, enabled: true });
      } catch (error) {
        const other = contradicted(fact, facts.all);
        if (!other || isCancellation(error) || error instanceof UserError) throw error;
        offerSwap(client, messages, fact, other);
      }
    }
  };
}

/** The enabled fact that answers one of the questions of `fact` differently. */
function contradicted(fact: FactState, all: readonly FactState[]): FactState | undefined {
  const shares = (other: FactState): boolean =>
    fact.questions.some((a) => other.questions.some((b) => isSameQuestion(a, b)));
  return all.find((other) => other.id !== fact.id && other.enabled && shares(other));
}

function offerSwap(client: SidecarClient, messages: Messages, fact: FactState, other: FactState): void {
  const swap = async (): Promise<void> => {
    await client.request('setFactEnabled', { id: other.id, enabled: false });
    try {
      await client.request('setFactEnabled', { id: fact.id, enabled: true });
    } catch (error) {
      await client.request('setFactEnabled', { id: other.id, enabled: true });
      throw error;
    }
  };
  const question = fact.questions.find((a) => other.questions.some((b) => isSameQuestion(a, b))) ?? '';
  messages.show(
    'warning',
    `“${clip(question, 80)}” is already answered with “${clip(other.answer, 60)}”. ` +
      `Disable that fact, and enable “${clip(fact.answer, 60)}”?`,
    [{ title: 'Swap', run: swap }],
  );
}
