import { deepStrictEqual, notStrictEqual, strictEqual } from 'node:assert';
import * as path from 'node:path';
import { withTemporary } from '../../scripts/temporary';
import { runSuites, type SuiteResult } from './runSuites';

const fixtures = path.join(__dirname, 'fixtures');

const runFixture = async (name: string): Promise<SuiteResult> =>
  withTemporary((workspace) =>
    runSuites({
      executable: path.join(__dirname, 'code'),
      suites: path.join(fixtures, name),
      extension: path.join(fixtures, 'extension'),
      workspace,
    }),
  );

describe('the stand-in for VS Code', function () {
  this.timeout(180_000);

  it('ends with 0 when tests pass', async () => {
    deepStrictEqual(await runFixture('passing'), { code: 0, passes: 1, failures: 0 });
  });

  it('ends with another code when a test fails', async () => {
    const { code, ...counts } = await runFixture('failing');
    notStrictEqual(code, 0);
    deepStrictEqual(counts, { passes: 1, failures: 1 });
  });

  it('counts a killed extension host as a failure', async () => {
    const { passes, failures } = await runFixture('dying');
    strictEqual(passes, 0);
    strictEqual(failures, 1);
  });
});
