import type { EngramCache } from '../../../sidecar/learning/engramCache';
import type { Untaught } from '../untaught';
import { bestHebbian, type RateSearch } from './hebbian';
import { learned } from './learned';
import { AT_ONCE, CONSOLIDATED, WITHOUT_CONTROLS, WITHOUT_QFT_T } from './names';
import { allInPrompt, retrievalIntoPrompt, statementInPrompt } from './prompt';
import type { System } from './system';
import { withoutFacts } from './untaught';
import { withoutControls } from './variant';

/**
 * All that is compared.
 * @param withoutQftT the same trunk trained without the teaching objective, where there is one
 */
export function allSystems(
  untaught: Untaught,
  withoutQftT: Untaught | undefined,
  cache: EngramCache,
  search: RateSearch,
): System[] {
  return [
    withoutFacts(untaught),
    statementInPrompt(untaught),
    retrievalIntoPrompt(untaught),
    allInPrompt(untaught),
    learned({ ...REPLAYED, name: AT_ONCE, replay: false }, untaught, cache),
    consolidated(untaught, cache),
    learned({ ...REPLAYED, name: WITHOUT_CONTROLS, model: withoutControls(untaught.model) }, untaught, cache),
    bestHebbian(untaught, cache, search),
    ...(withoutQftT ? [learned({ ...REPLAYED, name: WITHOUT_QFT_T }, withoutQftT, cache)] : []),
  ];
}

/** What Quickfire does: the rule margin, and replay. */
export function consolidated(untaught: Untaught, cache: EngramCache): System {
  return learned(REPLAYED, untaught, cache);
}

const REPLAYED = { name: CONSOLIDATED, rule: 'margin', replay: true } as const;
