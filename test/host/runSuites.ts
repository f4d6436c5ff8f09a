/** Compiles tests for the extension host and runs them in a VS Code. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { build } from 'esbuild';
import { root } from '../../scripts/run';
import { withTemporary } from '../../scripts/temporary';
import { readStats, resultVariable, type Stats } from './statsReporter';
import { suitesVariable } from './suite';

const compiled = path.join(root, 'out', 'test');

/** Bundles the entry point, and each test file of a folder, for the extension host. */
async function compile(suites: string): Promise<string> {
  const tests = fs.readdirSync(suites).filter((name) => name.endsWith('.test.ts'));
  const outdir = path.join(compiled, path.relative(root, suites));
  fs.rmSync(outdir, { recursive: true, force: true });
  const common = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    sourcemap: 'inline',
    logLevel: 'warning',
  } as const;
  const external = ['vscode', 'mocha'];
  await build({ ...common, external, entryPoints: [path.join(__dirname, 'suite.ts')], outdir: compiled });
  await build({ ...common, external, entryPoints: tests.map((name) => path.join(suites, name)), outdir });
  return outdir;
}

export interface SuiteOptions {
  /** VS Code's executable, or the stand-in. */
  executable: string;
  /** Folder whose `*.test.ts` run. */
  suites: string;
  /** The extension under test. Defaults to the project. */
  extension?: string;
  /** The folder that VS Code opens. */
  workspace: string;
  /** VS Code's profile. Defaults to a new one, deleted afterwards. */
  profile?: string;
}

/** What came of a run. */
export interface SuiteResult extends Stats {
  /** Exit code of VS Code. */
  code: number;
}

/**
 * Runs test files inside the extension host. VS Code's exit code alone is not trusted: when the
 * extension host dies it may still be 0, but the counts of the tests are missing then.
 */
export async function runSuites({
  executable,
  suites,
  workspace,
  ...options
}: SuiteOptions): Promise<SuiteResult> {
  const outdir = await compile(suites);
  return withTemporary(async (temporary) => {
    const result = path.join(temporary, 'result.json');
    const profile = options.profile ?? path.join(temporary, 'profile');
    const code = await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: options.extension ?? root,
      extensionTestsPath: path.join(compiled, 'suite.js'),
      extensionTestsEnv: { [resultVariable]: result, [suitesVariable]: outdir, ORT_DISABLE_TELEMETRY: '1' },
      launchArgs: [workspace, `--user-data-dir=${profile}`, '--disable-extensions'],
    }).catch((error: unknown) => {
      if (error instanceof TestRunFailedError) return error.code ?? 1;
      throw error;
    });
    const { passes, failures } = readStats(result);
    return { code, passes, failures: failures === 0 && code !== 0 ? 1 : failures };
  });
}
