/**
 * Runs test tiers one after another and closes with the line `N passed, N failed`.
 * Usage: tsx scripts/test.ts [tier] [mocha's arguments]; without a tier, all of them.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { chooseVscode, standIn } from '../test/host/chooseVscode';
import { installChromium, installCodeServer } from '../test/host/install';
import { runSuites } from '../test/host/runSuites';
import { readStats, resultVariable, type Stats } from '../test/host/statsReporter';
import { main, root, run } from './run';
import { withTemporary } from './temporary';

const mocha = path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
const reporter = path.join(root, 'test', 'host', 'statsReporter.ts');

/** Runs the `*.test.ts` below a folder of test/ in plain Node; mocha's own arguments may narrow them. */
async function runMocha(folder: string, args: string[]): Promise<Stats> {
  return withTemporary(async (temporary) => {
    const result = path.join(temporary, 'result.json');
    const env = { ...process.env, [resultVariable]: result, ORT_DISABLE_TELEMETRY: '1' };
    const files = args.some((argument) => argument.endsWith('.ts')) ? [] : [`test/${folder}/**/*.test.ts`];
    const code = await run(process.execPath, [mocha, '--exit', '--reporter', reporter, ...files, ...args], {
      env,
    });
    const { passes, failures } = readStats(result);
    return { passes, failures: failures === 0 && code !== 0 ? 1 : failures };
  });
}

/** Has the rig's parts there before any test's time runs. */
async function installRig(): Promise<void> {
  await installCodeServer();
  await installChromium();
}

/** Runs the rig's own tests, then those of test/vscode in one window and those of its restart/ in a second. */
async function runVscode(args: string[]): Promise<Stats> {
  const executable = await chooseVscode();
  const results: Stats[] = [];
  if (executable === standIn) {
    await installRig();
    results.push(await runMocha('host', args));
  }
  return withTemporary(async (temporary) => {
    const workspace = path.join(temporary, 'workspace');
    const profile = path.join(temporary, 'profile');
    fs.cpSync(path.join(root, 'test', 'fixtures', 'workspace'), workspace, { recursive: true });
    const windows = ['test/vscode', 'test/vscode/restart'].map((suites) => path.join(root, suites));
    for (const suites of windows) results.push(await runSuites({ executable, suites, workspace, profile }));
    return sum(results);
  });
}

function sum(results: Stats[]): Stats {
  return {
    passes: results.reduce((total, { passes }) => total + passes, 0),
    failures: results.reduce((total, { failures }) => total + failures, 0),
  };
}

const tiers: Record<string, (args: string[]) => Promise<Stats>> = {
  unit: (args) => runMocha('unit', args),
  model: (args) => runMocha('model', args),
  vscode: runVscode,
  ui: async (args) => {
    await installRig();
    return runMocha('ui', args);
  },
};

main(async () => {
  const [tier, ...args] = process.argv.slice(2);
  const chosen = tier === undefined ? Object.keys(tiers) : [tier];
  const results: Stats[] = [];
  for (const name of chosen) {
    const runTier = tiers[name];
    if (!runTier) throw new Error(`There is no tier ${name}; there are ${Object.keys(tiers).join(', ')}`);
    console.log(`\n== ${name} ==`);
    const stats = await runTier(args).catch((error: unknown) => {
      console.error(error);
      return { passes: 0, failures: 1 };
    });
    if (stats.passes + stats.failures === 0) {
      console.error(`The ${name} tier ran no tests`);
      stats.failures = 1;
    }
    results.push(stats);
    console.log(`${name}: ${stats.passes} passed, ${stats.failures} failed`);
  }
  const { passes, failures } = sum(results);
  console.log(`\n${passes} passed, ${failures} failed`);
  if (failures > 0) process.exitCode = 1;
});
