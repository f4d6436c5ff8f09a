import type { Memory } from '../../../sidecar/engine/types';
import type { Engram, HebbianEngram, MarginEngram } from '../../../sidecar/learning/engram';
import { createRule, type RuleName } from '../../../sidecar/learning/rules';
import { learnedRow } from '../../../sidecar/learning/rules/rows';
import { signBytes } from '../../../sidecar/learning/signs';
import type { FakeModel } from './fakeModel';
import { random } from './fakeModel';

/** An engram of `t` random positions, of the sizes of the fake model where no others are given. */
export function marginEngram(name: string, t = 3, units = 1024, active = 8, ffn = 64): MarginEngram {
  const unit = (value: number): number => Math.floor(Math.abs(value * 1000)) % units;
  const value = random(`value ${name}`, t * active).map((x) => Math.abs(x) / Math.sqrt(active));
  return {
    rule: 'margin',
    t,
    ffn,
    codes: { active, index: Uint16Array.from(random(`index ${name}`, t * active), unit), value },
    pre: Int8Array.from(random(`pre ${name}`, t * ffn), (x) => Math.max(-127, Math.min(127, x * 40))),
    step: Math.fround(0.4 / 32),
    targets: Uint8Array.from(random(`targets ${name}`, t * signBytes(ffn)), (x) => Math.abs(x * 1000)),
    significance: random(`significance ${name}`, t).map((x) => Math.min(1, Math.abs(x))),
  };
}

export function hebbianEngram(name: string, t = 3, d = 96, ffn = 64): HebbianEngram {
  return {
    rule: 'hebbian',
    t,
    ffn,
    keys: random(`keys ${name}`, t * d),
    firing: random(`firing ${name}`, t * ffn).map((x) => 1 / (1 + Math.exp(-10 * x))),
    significance: random(`significance ${name}`, t).map((x) => Math.min(1, Math.abs(x))),
  };
}

/** A random engram for a rule. */
export function engramFor(rule: RuleName, name: string, t: number): Engram {
  return rule === 'margin' ? marginEngram(name, t) : hebbianEngram(name, t);
}

/** The engram of a recorded question. */
export async function recordedEngram(model: FakeModel, user: string, answer: string): Promise<MarginEngram> {
  const instruct = await model.record({ system: `It is ${answer}.`, user }, answer, model.base);
  const update = await model.record({ system: '', user }, answer, model.base);
  const engram = createRule('margin', model).form([{ instruct, update }], false);
  if (engram.rule !== 'margin') throw new Error('not of the rule margin');
  return engram;
}

/** All of a memory's numbers, whichever way it keeps them. */
export function contentOf({ version, weight, learned }: Memory): unknown {
  const rows = Array.from(learned.places, (_, unit) => learnedRow(learned, unit, 64).slice());
  return { version, weight, rows };
}
