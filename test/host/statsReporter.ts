import * as fs from 'node:fs';
import Mocha from 'mocha';

/** Counts of a test run. */
export interface Stats {
  passes: number;
  failures: number;
}

/** The environment variable that names the file for the counts. */
export const resultVariable = 'QUICKFIRE_TEST_RESULT';

/** Mocha's spec reporter, which also leaves the counts in the file that {@link resultVariable} names. */
export default class StatsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const file = process.env[resultVariable];
      const { passes, failures } = this.stats;
      if (file) fs.writeFileSync(file, JSON.stringify({ passes, failures } satisfies Stats));
    });
  }
}

/** Reads the counts of a run. A run that left none, because it died or never began, counts as one failure. */
export function readStats(file: string): Stats {
  if (!fs.existsSync(file)) return { passes: 0, failures: 1 };
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Stats;
}
