/**
 * Lints and tests the training code, sidecar/qft, in a Python environment of its own (.venv), and closes
 * with the line `N passed, N failed`. Where its packages cannot be had it says so, which is a failure only in CI.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { main, root, run } from './run';
import { withTemporary } from './temporary';

const qft = path.join(root, 'sidecar', 'qft');
const venv = path.join(root, '.venv');
const python = path.join(
  venv,
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
);
const requirements = path.join(qft, 'requirements.txt');
/** The requirements that were installed, to notice when they change. */
const marker = path.join(venv, 'installed.txt');

/** Makes the environment unless it is there. @returns whether it could be made */
async function installPackages(): Promise<boolean> {
  const wanted = fs.readFileSync(requirements, 'utf8');
  if (fs.existsSync(marker) && fs.readFileSync(marker, 'utf8') === wanted) return true;
  console.log('Installing Python packages into .venv');
  const steps: [string, string[]][] = [
    ['python3', ['-m', 'venv', venv]],
    [
      python,
      ['-m', 'pip', 'install', '-qq', '--disable-pip-version-check', '--retries=1', '-r', requirements],
    ],
  ];
  for (const [command, args] of steps) {
    if ((await run(command, args).catch(() => 1)) !== 0) return false;
  }
  fs.writeFileSync(marker, wanted);
  return true;
}

/** Runs pytest. @returns numbers of tests that passed and failed */
async function runPytest(): Promise<{ passed: number; failed: number }> {
  return withTemporary(async (folder) => {
    const report = path.join(folder, 'report.xml');
    const code = await run(python, ['-m', 'pytest', '-q', `--junitxml=${report}`, 'tests'], { cwd: qft });
    const xml = fs.existsSync(report) ? fs.readFileSync(report, 'utf8') : '';
    const count = (name: string): number =>
      Number(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`).exec(xml)?.[1] ?? 0);
    const failed = count('failures') + count('errors');
    const passed = count('tests') - failed - count('skipped');
    return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
  });
}

main(async () => {
  if (!(await installPackages())) {
    console.log(
      'The tests of sidecar/qft were not run: Python, or a package that they need, cannot be had here.',
    );
    if (process.env.CI) process.exitCode = 1;
    return;
  }
  const lint = await run(python, ['-m', 'ruff', 'check', '.'], { cwd: qft });
  const { passed, failed } = await runPytest();
  const failures = failed + (lint === 0 ? 0 : 1);
  console.log(`\n${passed} passed, ${failures} failed`);
  if (failures > 0) process.exitCode = 1;
});
