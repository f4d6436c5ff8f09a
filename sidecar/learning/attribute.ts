import type { Memory } from '../engine/types';
import type { Rule, Seen, Trace } from './rules';

/** A fact is named when removing it would turn at least this share of what learning turned ... */
const SHARE = 0.15;
/** ... and at one position of the answer at least this share of all neurons. */
const TURNED = 0.02;
/** A fact that overlaps less than this with the answer's position turns nothing there to speak of. */
const OVERLAP = 0.05;
/** What overlaps this much was asked in the words it was taught with. */
const SAME = 0.95;

export interface Attribution {
  factId: string;
  /** Share of what all facts contributed, 0 to 1. */
  strength: number;
}

/** Where an answer came from. */
export interface Source {
  /** The facts it came from, strongest first. */
  readonly fired: Attribution[];
  /** Whether learning turned more than a few neurons anywhere. */
  readonly isLearned: boolean;
  /**
   * How surely one fact gave the answer rather than what many have in common, 0 to 1: at the position of the answer where
   * it is least, the largest overlap with anything taught, times the fourth root of the share that the fact which turns
   * most there has of what all turn. 1 where learning turned hardly anything, or the question was taught in these words.
   */
  readonly support: number;
}

/** What a fact's writes come to at one position. */
interface Part {
  /** Neurons that would turn back without them. */
  readonly turned: number;
  /** The largest overlap of one of its positions with this one. */
  readonly overlap: number;
}

/**
 * Which facts an answer came from, by what their removal would change: at each generated position, of those
 * neurons that fire otherwise than in the untaught model, how many would turn back without what the fact wrote.
 * @param seen the layer's inputs and pre-activations at the generated positions
 * @param facts what each fact wrote; @param memory what they and all else came to
 */
export function attribute(
  rule: Rule,
  seen: Seen & { readonly pre: Float32Array },
  facts: ReadonlyMap<string, Trace>,
  memory: Memory,
): Source {
  const scores = new Map<string, { turned: number; most: number }>();
  let support = 1;
  let isLearned = false;
  const positions = seen.codes.index.length / seen.codes.active;
  const ffn = seen.pre.length / positions;
  for (let position = 0; position < positions; position++) {
    const pre = seen.pre.subarray(position * ffn, (position + 1) * ffn);
    const read = rule.read(seen, position, memory);
    const turned = Uint32Array.from(pre.keys()).filter((i) => turnsBack(pre[i], read[i]));
    if (turned.length === 0) continue;
    const parts = partsOf(rule, facts, rule.probe(seen, position), { pre, turned });
    if (turned.length >= TURNED * ffn) {
      isLearned = true;
      support = Math.min(support, supportOf([...parts.values()]));
    }
    for (const [id, part] of parts) {
      const { turned: before, most } = scores.get(id) ?? { turned: 0, most: 0 };
      scores.set(id, { turned: before + part.turned, most: Math.max(most, part.turned / ffn) });
    }
  }
  const total = [...scores.values()].reduce((sum, { turned }) => sum + turned, 0);
  const fired = [...scores]
    .map(([factId, { turned, most }]) => ({ factId, strength: turned / total, most }))
    .filter(({ strength, most }) => strength >= SHARE && most >= TURNED)
    .map(({ factId, strength }) => ({ factId, strength }))
    .sort((a, b) => b.strength - a.strength || (a.factId < b.factId ? -1 : 1));
  return { fired, isLearned, support };
}

function supportOf(parts: readonly Part[]): number {
  const overlap = Math.max(0, ...parts.map((part) => part.overlap));
  if (overlap >= SAME) return 1;
  const total = parts.reduce((sum, { turned }) => sum + turned, 0);
  const most = Math.max(0, ...parts.map(({ turned }) => turned));
  return total === 0 ? 0 : overlap * (most / total) ** 0.25;
}

/** What each fact that overlaps with the probe's position does to the neurons that learning turned there. */
function partsOf(
  rule: Rule,
  facts: ReadonlyMap<string, Trace>,
  probe: Float32Array,
  { pre, turned }: { pre: Float32Array; turned: Uint32Array },
): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const [id, { engram, writes }] of facts) {
    const sum = new Float32Array(turned.length);
    let most = 0;
    writes.forEach((write, row) => {
      const overlap = rule.overlap(engram, row, probe);
      most = Math.max(most, overlap);
      if (!write || Math.abs(overlap) < OVERLAP) return;
      for (let n = 0; n < sum.length; n++) sum[n] = (sum[n] ?? 0) + overlap * (write[turned[n] ?? 0] ?? 0);
    });
    if (most < OVERLAP) continue;
    const count = turned.reduce((count, i, n) => count + Number(turnsBack(pre[i], sum[n])), 0);
    parts.set(id, { turned: count, overlap: most });
  }
  return parts;
}

/** Whether a neuron of this pre-activation fires otherwise without `part` of it. */
function turnsBack(pre = 0, part = 0): boolean {
  return pre > 0 !== pre - part > 0;
}
