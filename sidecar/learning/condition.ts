import type { Breath } from './breath';
import type { Consolidation } from './consolidation';
import type { Engram } from './engram';

/** What a consolidation holds and how well. */
export interface Condition {
  /** Stored positions. */
  positions: number;
  /** Share of the room for learning that is taken, 0 to 1. */
  fill: number;
  /** Of each fact the share of neurons that fire as wanted at its weakest position, 0 to 1; weakest first. */
  holds: { factId: string; hold: number }[];
}

/** @throws the breath's reason if it is stopped */
export async function conditionOf(state: Consolidation, breath: Breath): Promise<Condition> {
  const engrams = [...state.engrams];
  const holds: Condition['holds'] = [];
  for (const [factId, engram] of engrams) {
    holds.push({ factId, hold: holdOf(state, engram) });
    await breath.take(holds.length, engrams.length);
  }
  holds.sort((a, b) => a.hold - b.hold || (a.factId < b.factId ? -1 : 1));
  const positions = engrams.reduce((sum, [, { t }]) => sum + t, 0);
  return { positions, fill: state.rule.fill([...state.traces.values()]), holds };
}

function holdOf({ rule, memory }: Consolidation, engram: Engram): number {
  let weakest = 1;
  for (let row = 0; row < engram.t; row++) {
    const pre = rule.pre(engram, row, memory);
    const signs = rule.signs(engram, row);
    const held = signs.reduce((sum, sign, i) => sum + Number(sign * (pre[i] ?? 0) > 0), 0);
    weakest = Math.min(weakest, held / engram.ffn);
  }
  return weakest;
}
