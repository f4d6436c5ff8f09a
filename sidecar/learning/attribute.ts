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
    const turned = turnedBack(pre, rule.read(seen, position, memory), pre.keys());
    for (const [id, trace] of facts) {
      const part = contribution(rule, trace, probe, ffn, OVERLAP);
      if (!part) continue;
      const count = turnedBack(pre, part, turned).length;
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
 * What the layer reads of a trace's writes at the probe's position, [ffn]; undefined for nothing.
 * @param least overlaps below this are taken for none
 */
function contribution(
  rule: Rule,
  { engram, writes }: Trace,
  probe: Float32Array,
  ffn: number,
  least: number,
): Float32Array | undefined {
  let sum: Float32Array | undefined;
  writes.forEach((write, row) => {
    const overlap = write ? rule.overlap(engram, row, probe) : 0;
    if (!write || overlap === 0 || Math.abs(overlap) < least) return;
    sum ??= new Float32Array(ffn);
    for (let i = 0; i < ffn; i++) sum[i] = (sum[i] ?? 0) + overlap * (write[i] ?? 0);
  });
  return sum;
}

/** Those of the neurons that fire otherwise without `part`. */
function turnedBack(pre: Float32Array, part: Float32Array, neurons: Iterable<number>): number[] {
  return [...neurons].filter((i) => {
    const p = pre[i] ?? 0;
    return p > 0 !== p - (part[i] ?? 0) > 0;
  });
}
