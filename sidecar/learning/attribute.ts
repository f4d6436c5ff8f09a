import type { Memory } from '../engine/types';
import type { Rule, Seen, Trace } from './rules';

/** A fact is named when removing it would turn at least this share of what learning turned ... */
const SHARE = 0.15;
/** ... and at one position of the answer at least this share of all neurons. */
const TURNED = 0.02;

export interface Attribution {
  factId: string;
  /** Share of what all facts contributed, 0 to 1. */
  strength: number;
}

/** A fact that overlaps less than this with the answer's position turns nothing there to speak of. */
const OVERLAP = 0.05;

/**
 * Which facts an answer came from, by what their removal would change: at each generated position, of those
 * neurons that fire otherwise than in the untaught model, how many would turn back without what the fact wrote.
 * @param seen the layer's inputs and pre-activations at the generated positions
 * @param facts what each fact wrote; @param memory what they and all else came to
 * @returns strongest first
 */
export function attribute(
  rule: Rule,
  seen: Seen & { readonly pre: Float32Array },
  facts: ReadonlyMap<string, Trace>,
  memory: Memory,
): Attribution[] {
  const scores = new Map<string, { turned: number; most: number }>();
  const positions = seen.codes.index.length / seen.codes.active;
  const ffn = seen.pre.length / positions;
  for (let position = 0; position < positions; position++) {
    const pre = seen.pre.subarray(position * ffn, (position + 1) * ffn);
    const probe = rule.probe(seen, position);
    const read = rule.read(seen, position, memory);
    const turned = Uint32Array.from(pre.keys()).filter((i) => turnsBack(pre[i], read[i]));
    if (turned.length === 0) continue;
    for (const [id, trace] of facts) {
      const part = contribution(rule, trace, probe, turned);
      if (!part) continue;
      const count = turned.reduce((sum, i, n) => sum + Number(turnsBack(pre[i], part[n])), 0);
      const { turned: before, most } = scores.get(id) ?? { turned: 0, most: 0 };
      scores.set(id, { turned: before + count, most: Math.max(most, count / ffn) });
    }
  }
  const total = [...scores.values()].reduce((sum, { turned }) => sum + turned, 0);
  return [...scores]
    .map(([factId, { turned, most }]) => ({ factId, strength: turned / total, most }))
    .filter(({ strength, most }) => strength >= SHARE && most >= TURNED)
    .map(({ factId, strength }) => ({ factId, strength }))
    .sort((a, b) => b.strength - a.strength || (a.factId < b.factId ? -1 : 1));
}

/**
 * What the layer reads of a trace's writes at the probe's position, of these neurons alone, which are few.
 * @returns undefined where the trace hardly overlaps with the probe
 */
function contribution(
  rule: Rule,
  { engram, writes }: Trace,
  probe: Float32Array,
  neurons: Uint32Array,
): Float32Array | undefined {
  let part: Float32Array | undefined;
  writes.forEach((write, row) => {
    const overlap = write ? rule.overlap(engram, row, probe) : 0;
    if (!write || Math.abs(overlap) < OVERLAP) return;
    const sum = (part ??= new Float32Array(neurons.length));
    for (let n = 0; n < sum.length; n++) sum[n] = (sum[n] ?? 0) + overlap * (write[neurons[n] ?? 0] ?? 0);
  });
  return part;
}

/** Whether a neuron of this pre-activation fires otherwise without `part` of it. */
function turnsBack(pre = 0, part = 0): boolean {
  return pre > 0 !== pre - part > 0;
}
