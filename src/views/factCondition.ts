import type { FactState } from '../../sidecar/protocol';

/** Whether the model knows a fact, as views show it. */
export type Condition = 'learned' | 'problem' | 'disabled';

export function conditionOf(fact: FactState): Condition {
  if (!fact.enabled) return 'disabled';
  return fact.learned ? 'learned' : 'problem';
}

/** The condition in words. */
export function conditionText(fact: FactState): string {
  switch (conditionOf(fact)) {
    case 'disabled':
      return 'Disabled: the model does not know it';
    case 'learned':
      return 'Learned';
    case 'problem':
      return `Not learned: ${fact.problem ?? 'the model could not recall it'}`;
  }
}

/** Where a fact was taught from, as in "notes.md:3"; undefined when it was not taught from a file. */
export function locationOf({ source }: Pick<FactState, 'source'>): string | undefined {
  return source && `${source.file}:${source.startLine + 1}`;
}

export function scopeText({ scope }: Pick<FactState, 'scope'>): string {
  return scope === 'workspace' ? 'This workspace' : 'All workspaces';
}
