import type { FactState } from '../../sidecar/protocol';

/** Whether the model knows a fact, as views show it; "waiting" as long as there is no model that could. */
export type Condition = 'learned' | 'problem' | 'waiting' | 'disabled';

export function conditionOf({ enabled, learned, problem }: FactState): Condition {
  if (!enabled) return 'disabled';
  if (learned) return 'learned';
  return problem === undefined ? 'waiting' : 'problem';
}

/** The condition in words. */
export function conditionText(fact: FactState): string {
  switch (conditionOf(fact)) {
    case 'disabled':
      return 'Disabled: the model does not know it';
    case 'learned':
      return 'Learned';
    case 'waiting':
      return 'Not learned yet: the model is not ready';
    case 'problem':
      return `Not learned: ${fact.problem}`;
  }
}

export function scopeText({ scope }: Pick<FactState, 'scope'>): string {
  return scope === 'workspace' ? 'This workspace' : 'All workspaces';
}
