import type { Untaught } from '../untaught';
import type { EngramCache } from '../../../sidecar/learning/engramCache';
import type { Dataset } from '../data';
import type { BenchOptions } from '../options';
import type { Results } from '../results';

/** What the parts of a bench share. */
export interface Bench {
  readonly options: BenchOptions;
  readonly dataset: Dataset;
  readonly untaught: Untaught;
  /** Engrams of all that was ever recorded in this run. */
  readonly cache: EngramCache;
  /** An empty engram cache, for facts that must be recorded as when a user teaches them. */
  readonly newCache: () => EngramCache;
  readonly results: Results;
}
