import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { convert } from '../../../sidecar/convert/convert';
import { installChromium } from '../../host/install';
import { softwareGpu } from '../../host/softwareGpu';
import { tiny, writeRandomModel } from '../../model/engine/randomModel';
import type { Computed } from './compute';

const run = promisify(execFile);

describe("a GPU, Chromium's in software", function () {
  this.timeout(180_000);
  let dir: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'quickfire-gpu-'));
    await writeRandomModel(join(dir, 'source'), tiny);
    await convert(join(dir, 'source'), join(dir, 'model'));
  });
  after(() => rm(dir, { recursive: true }));

  async function compute(provider: string, env: NodeJS.ProcessEnv): Promise<Computed> {
    const { stdout } = await run(
      process.execPath,
      ['--import', 'tsx', join(__dirname, 'compute.ts'), join(dir, 'model'), provider],
      { env: { ...process.env, ...env } },
    );
    return JSON.parse(stdout) as Computed;
  }

  it('passes the self-test and computes what the CPU computes, whatever was learned in between', async function () {
    const { executablePath } = await installChromium();
    const env = executablePath === undefined ? undefined : softwareGpu(executablePath);
    if (!env || process.arch !== 'x64') this.skip();
    const [gpu, cpu] = [await compute('webgpu', env), await compute('cpu', {})];
    assert.deepEqual([gpu.provider, gpu.problems, cpu.provider], ['webgpu', [], 'cpu']);
    assert.notDeepEqual(cpu.answers[1], cpu.answers[0], 'what was learned makes no difference');
    assert.notDeepEqual(cpu.answers[2], cpu.answers[1]);
    for (const [n, expected] of cpu.answers.entries()) {
      const answer = gpu.answers[n];
      assert.deepEqual(answer?.tokens, expected.tokens);
      const off = expected.pre.map((value, i) => Math.abs(value - (answer.pre[i] ?? NaN)));
      assert.ok(Math.max(...off) < 1e-3, `answer ${n}: ${Math.max(...off)}`);
    }
  });
});
