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

/**
 * Which facts an answer came from, by what their removal would change: at each generated position, of those
 * neurons that fire otherwise than in the untaught model, how many would turn back without what the fact wrote.
 * @param seen the layer's inputs and pre-activations at the generated positions
 * @param facts what each fact wrote; @param others what else is part of the weight
 * @returns strongest first
 */
export function attribute(
  rule: Rule,
  seen: Seen & { readonly pre: Float32Array },
  facts: ReadonlyMap<string, Trace>,
  others: readonly Trace[],
): Attribution[] {
  const scores = new Map<string, { turned: number; most: number }>();
  const positions = seen.codes.index.length / seen.codes.active;
  const ffn = seen.pre.length / positions;
  for (let position = 0; position < positions; position++) {
    const pre = seen.pre.subarray(position * ffn, (position + 1) * ffn);
    const probe = rule.probe(seen, position);
    const parts = new Map([...facts].map(([id, trace]) => [id, contribution(rule, trace, probe, ffn)]));
    const learned = new Float32Array(ffn);
    for (const part of parts.values()) addTo(learned, part);
    for (const trace of others) addTo(learned, contribution(rule, trace, probe, ffn));
    const turned = turnedBack(pre, learned, pre.keys());
    for (const [id, part] of parts) {
      const count = part ? turnedBack(pre, part, turned).length : 0;
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

/** What the layer reads of a trace's writes at the probe's position, [ffn]; undefined for nothing. */
export function contribution(
  rule: Rule,
  { engram, writes }: Trace,
  probe: Float32Array,
  ffn: number,
): Float32Array | undefined {
  let sum: Float32Array | undefined;
  writes.forEach((write, row) => {
    const overlap = write ? rule.overlap(engram, row, probe) : 0;
    if (!write || overlap === 0) return;
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

function addTo(sum: Float32Array, part: Float32Array | undefined): void {
  part?.forEach((value, i) => (sum[i] = (sum[i] ?? 0) + value));
}
