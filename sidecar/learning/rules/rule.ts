import type { Engram } from '../engram';

export const RULES = ['margin', 'hebbian'] as const;
export type RuleName = (typeof RULES)[number];

/** How a rule wants its engrams formed. */
export interface EngramNeeds {
  /** Positions with less significance than this teach nothing under this rule. */
  readonly threshold: number;
  /** Whether the rule uses y* itself and not only its sign. */
  readonly keepFiring: boolean;
}

/** How engrams become a weight. */
export interface Rule {
  readonly name: RuleName;
  readonly needs: EngramNeeds;
  /**
   * Folds engrams, in the given order, from the base weight: the learned weight [ffn, d] and bias [ffn].
   * The same engrams in the same order give the same bits.
   */
  fold(engrams: readonly Engram[]): { weight: Float32Array; bias: Float32Array };
}
