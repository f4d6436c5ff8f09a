/** Entry point of the tests inside the extension host: VS Code calls `run`. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';
import StatsReporter from './statsReporter';

/** The environment variable that names the folder of the compiled `*.test.js` files. */
export const suitesVariable = 'QUICKFIRE_TEST_SUITES';

/** Runs every test file of the folder; rejects when a test failed. */
export async function run(): Promise<void> {
  const folder = process.env[suitesVariable];
  if (!folder) throw new Error(`${suitesVariable} is not set`);
  const mocha = new Mocha({ timeout: 60_000, reporter: StatsReporter });
  for (const name of fs.readdirSync(folder).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(path.join(folder, name));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
