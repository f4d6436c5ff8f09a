import type { FactState } from '../../sidecar/protocol';

/** Whether the model knows a fact, as views show it; "waiting" as long as there is no model that could. */
export type Condition = 'learned' | 'forgotten' | 'problem' | 'waiting' | 'disabled';

export function conditionOf({ enabled, learned, forgotten = false, problem }: FactState): Condition {
  if (!enabled) return 'disabled';
  if (learned) return forgotten ? 'forgotten' : 'learned';
  return problem === undefined ? 'waiting' : 'problem';
}

/** The condition in words. */
export function conditionText(fact: FactState): string {
  switch (conditionOf(fact)) {
    case 'disabled':
      return 'Disabled: the model does not know it';
    case 'learned':
      return 'Learned';
    case 'forgotten':
      return 'Learned, but not recalled when last checked';
    case 'waiting':
      return 'Not learned yet';
    case 'problem':
      return `Not learned: ${fact.problem}`;
  }
}

export function scopeText({ scope }: Pick<FactState, 'scope'>): string {
  return scope === 'workspace' ? 'This workspace' : 'All workspaces';
}
