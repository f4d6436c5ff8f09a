import { draw, randomOf } from '../../../sidecar/random';
import { crossedQuestions } from '../crossed';
import type { Item } from '../data';
import { measure, type Asked, type Measure } from '../measure';
import { progress } from '../progress';
import { Tally } from '../statistics';
import type { System } from '../systems/system';
import type { Bench } from './bench';

/** How well each system answers from T facts, for each T. */
export async function runLearning(bench: Bench, systems: readonly System[]): Promise<void> {
  const { items } = bench.dataset;
  for (const size of bench.options.facts) {
    if (size > items.length) progress(`learning: there are only ${items.length} facts; ${size} are left out`);
    else await learnSize(bench, systems, size);
  }
}

async function learnSize(
  { options, dataset, results }: Bench,
  systems: readonly System[],
  size: number,
): Promise<void> {
  const random = randomOf(options.seed * 10_007 + size);
  const controls = draw(dataset.controls, options.controls, random);
  const draws = size === 1 ? options.singles : options.draws;
  const orders = Array.from({ length: draws }, () => {
    const taught = draw(dataset.items, size, random);
    return { taught, asked: askedOf(taught, options.asked, random) };
  });
  for (const system of systems) {
    const tally = new Tally<Measure>();
    let held = 0;
    for (const { taught, asked } of orders) {
      const holder = await system.hold(taught);
      held = Math.max(held, holder.held ?? size);
      await measure(system, holder, asked, size === 1 ? controls.slice(0, 40) : controls, tally);
    }
    const row = { key: `${system.name} ${size}`, system: system.name, facts: size, draws };
    await results.put('learning', { ...row, ...(held < size && { held }), measures: tally.toJSON() });
    progress(`learning: ${system.name}, ${size} facts`);
  }
}

/** At most `count` of the taught items, each with a crossed question where one can be made. */
function askedOf(taught: readonly Item[], count: number, random: () => number): Asked[] {
  const items = draw(taught, count, random);
  const crossed = crossedQuestions(items, taught, random);
  return items.map((item, n) => ({ item, crossed: crossed[n] }));
}
