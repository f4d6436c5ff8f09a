import { draw, randomOf } from '../../../sidecar/random';
import type { Memory } from '../../../sidecar/engine/types';
import { consolidate } from '../../../sidecar/learning/consolidate';
import { Consolidation } from '../../../sidecar/learning/consolidation';
import { encodeEngram } from '../../../sidecar/learning/engramFile';
import { Learner } from '../../../sidecar/learning/learner';
import type { Learnable } from '../../../sidecar/learning/record';
import { Teacher } from '../../../sidecar/learning/teach';
import { learnable } from '../data';
import { progress } from '../progress';
import { quantile } from '../statistics';
import { times } from '../timing';
import type { Bench } from './bench';

const FOLDS = 5;

/** Times teaching, folding and consolidating at each number of facts. */
export async function runCost(bench: Bench): Promise<void> {
  const { options, dataset, untaught, cache, results } = bench;
  const { timed, seed } = options;
  await recordControls(bench);
  for (const size of options.facts.filter((facts) => facts - 1 + timed <= dataset.items.length)) {
    const facts = draw(dataset.items, size - 1 + timed, randomOf(seed * 10_007 + size)).map(learnable);
    const teachMs = await timeTeachings(bench, facts.slice(0, size - 1), facts.slice(size - 1));
    const learner = new Learner(untaught.model, 'margin', cache);
    await learner.sync(facts.slice(0, size));
    const { engrams } = learner.consolidation;
    // Each time from nothing but the engrams, as at a start.
    const folded = (): Memory => Consolidation.empty(untaught.model, 'margin').change([], engrams).memory;
    const foldMs = await times(FOLDS, () => Promise.resolve(folded()));
    const bytes = [...engrams.values()].map((engram) => encodeEngram(engram).length);
    const [consolidateMs = 0] = await times(1, () => consolidate(learner));
    await results.put('cost', {
      key: String(size),
      facts: size,
      teachP50: quantile(teachMs, 0.5),
      teachP95: quantile(teachMs, 0.95),
      teachings: teachMs.length,
      foldMs: quantile(foldMs, 0.5),
      consolidateMs,
      bytesPerFact: bytes.reduce((sum, count) => sum + count, 0) / bytes.length,
    });
    progress(`cost: ${size} facts`);
  }
}

/** Has the controls' engrams in the cache, where they are after the first consolidation on a machine. */
async function recordControls({ dataset, untaught, cache }: Bench): Promise<void> {
  const learner = new Learner(untaught.model, 'margin', cache);
  await learner.sync(dataset.items.slice(0, 1).map(learnable));
  await consolidate(learner);
}

/** Milliseconds of teaching each of `more` on top of `held`, consolidated, each forgotten again. */
async function timeTeachings(
  { untaught, newCache }: Bench,
  held: readonly Learnable[],
  more: readonly Learnable[],
): Promise<number[]> {
  const learner = new Learner(untaught.model, 'margin', newCache());
  const teacher = new Teacher(learner);
  await learner.sync(held);
  await consolidate(learner);
  const { consolidation } = learner;
  const all: number[] = [];
  for (const fact of more) {
    all.push(...(await times(1, () => teacher.teach(fact))));
    await learner.sync(held);
    // To forget a fact that took a replay leaves the others as written at once.
    learner.adopt(consolidation);
  }
  return all;
}
