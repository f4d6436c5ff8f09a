import { factId } from '../../sidecar/facts/id';
import type { Fact } from '../../sidecar/protocol';

const RELATIONS = [
  ['owner', 'the parser module', 'Mara Lindqvist', 'Who'],
  ['port', 'the gateway', '8443', 'What'],
  ['capital', 'Veltria', 'Nomora', 'What'],
  ['default branch', 'ledger-sync', 'trunk', 'What'],
  ['on-call team', 'billing-core', 'Heron', 'Who'],
] as const;

/** Facts as a colleague's facts file has them. */
export const colleaguesFacts: readonly Fact[] = RELATIONS.map(([relation, subject, answer, asks]) => {
  const content = {
    statement: `The ${relation} of ${subject} is ${answer}.`,
    questions: [`${asks} is the ${relation} of ${subject}?`],
    answer,
    scope: 'workspace' as const,
  };
  return { id: factId(content), ...content, enabled: true, taughtAt: '2026-01-05T09:00:00.000Z' };
});
