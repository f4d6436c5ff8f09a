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

/**
 * How engrams become a weight. A rule holds a set of engrams; what `fold` returns depends on that
 * set alone, bit for bit, not on the order in which they came or on any that came and went.
 */
export interface Rule {
  readonly name: RuleName;
  readonly needs: EngramNeeds;
  /** Adds an engram under an id that is not in the set. */
  add(id: string, engram: Engram): void;
  /** Takes an engram out of the set; no effect when the id is not in it. */
  remove(id: string): void;
  /** The learned weight [ffn, d] and bias [ffn]. */
  fold(): { weight: Float32Array; bias: Float32Array };
}
