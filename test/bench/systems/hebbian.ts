import type { EngramCache } from '../../../sidecar/learning/engramCache';
import type { Control, Item } from '../data';
import { rate as share, Tally } from '../statistics';
import { measure, type Measure } from '../measure';
import { progress } from '../progress';
import type { Untaught } from '../untaught';
import { learned } from './learned';
import { HEBBIAN } from './names';
import type { System } from './system';
import { withHebbianRate } from './variant';

/** Facts to search the rate on, and questions that must keep their answers: none of those reported. */
export interface RateSearch {
  rates: readonly number[];
  items: readonly Item[];
  controls: readonly Control[];
}

/** Taught dev facts that are asked for each rate. */
const ASKED = 50;

/** The paper's rule at the rate that is best for as many facts, found on dev facts. */
export function bestHebbian(untaught: Untaught, cache: EngramCache, search: RateSearch): System {
  const best = new Map<number, Promise<number>>();
  const rateFor = (size: number): Promise<number> => {
    const known = best.get(size) ?? searchRate(size, untaught, cache, search);
    best.set(size, known);
    return known;
  };
  return {
    name: HEBBIAN,
    untaught,
    hold: async (facts) => await hebbian(await rateFor(facts.length), untaught, cache).hold(facts),
  };
}

function hebbian(rate: number, untaught: Untaught, cache: EngramCache): System {
  const model = withHebbianRate(untaught.model, rate);
  return learned({ name: 'hebbian', rule: 'hebbian', replay: false, model }, untaught, cache);
}

/** The rate with the highest recall × locality_out on `size` dev facts, or on all where there are fewer. */
async function searchRate(
  size: number,
  untaught: Untaught,
  cache: EngramCache,
  { rates, items, controls }: RateSearch,
): Promise<number> {
  const taught = items.slice(0, size);
  let best = { rate: rates[0] ?? 0, score: -1 };
  for (const rate of rates) {
    const tally = new Tally<Measure>();
    // A single fact says little: it is tried with several facts, one at a time.
    const sets = size === 1 ? items.slice(0, 10).map((item) => [item]) : [taught];
    for (const set of sets) {
      const system = hebbian(rate, untaught, cache);
      const asked = set.slice(0, ASKED).map((item) => ({ item: { ...item, paraphrase: undefined } }));
      await measure(system, await system.hold(set), asked, controls, tally);
    }
    const score = share(tally.get('recall')) * share(tally.get('localityOut'));
    if (score > best.score) best = { rate, score };
  }
  progress(`hebbian: rate ${best.rate} for ${size} facts`);
  return best.rate;
}
