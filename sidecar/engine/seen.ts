import { concat } from './concat';
import type { Step } from './runner';

/** What the QF2 layer saw and did. */
export type Seen = Omit<Step, 'logits'>;

/** What it saw and did in consecutive steps, of which there is at least one. */
export function joinSeen(steps: readonly Seen[]): Seen {
  const floats = (part: (step: Seen) => Float32Array): Float32Array => concat(steps.map(part));
  const codes = {
    active: steps[0]?.codes.active ?? 0,
    index: Uint16Array.from(steps.flatMap((step) => [...step.codes.index])),
    value: floats((step) => step.codes.value),
  };
  return { keys: floats(({ keys }) => keys), codes, pre: floats(({ pre }) => pre) };
}
