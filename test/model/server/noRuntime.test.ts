import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { mustRun } from '../../../scripts/run';
import { messageOf } from '../../../sidecar/engine/errors';
import { thisPlatform } from '../../../sidecar/engine/platforms';
import { FactStore } from '../../../sidecar/facts/store';
import { Requests, type Fact, type FactState, type Status } from '../../../sidecar/protocol';
import { shippedModel } from '../engine/convertedModel';

const fact: Fact = {
  id: 'a',
  statement: 'The port of drimble-gateway is 8471.',
  questions: ['What is the port of drimble-gateway?'],
  answer: '8471',
  scope: 'workspace',
  enabled: true,
  taughtAt: '2026-01-01T00:00:00.000Z',
};

describe('the packaged sidecar where ONNX Runtime cannot be loaded', function () {
  this.timeout(120_000);
  let folder: string;
  const at = (...path: string[]): string => join(folder, ...path);
  const binding = (): string =>
    at('bin', 'napi-v6', process.platform, process.arch, 'onnxruntime_binding.node');

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quickfire-'));
    await mustRun(process.execPath, ['esbuild.js', '--production', `--outdir=${folder}`]);
    await new FactStore(at('facts.jsonl'), 'workspace').update(() => [fact]);
  });
  beforeEach(() => rm(at('bin'), { recursive: true, force: true }));
  after(() => rm(folder, { recursive: true }));

  /** Starts the sidecar, asks it in vain, and ends it. */
  async function askInVain(
    nodeArguments: string[],
  ): Promise<{ refusal: string; status: Status; facts: FactState[]; exit: unknown }> {
    const child = spawn(process.execPath, [...nodeArguments, at('sidecar.js'), '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const reader = new StreamMessageReader(child.stdout);
    const connection = createMessageConnection(reader, new StreamMessageWriter(child.stdin));
    connection.listen();
    try {
      await connection.sendRequest('initialize', {
        processId: process.pid,
        rootUri: null,
        capabilities: {},
        initializationOptions: {
          modelDir: await shippedModel(),
          workspaceFacts: at('facts.jsonl'),
          cacheDir: at('engrams'),
        },
      });
      const asking = connection.sendRequest(Requests.ask.method, { askId: '1', question: 'Who?' });
      const refusal = await asking.then(
        () => assert.fail('answered without ONNX Runtime'),
        (error: unknown) => messageOf(error),
      );
      const status = Requests.status.result.parse(await connection.sendRequest(Requests.status.method, {}));
      const facts = Requests.listFacts.result.parse(
        await connection.sendRequest(Requests.listFacts.method, {}),
      );
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      return { refusal, status, facts, exit: await ended };
    } finally {
      connection.dispose();
      child.kill();
    }
  }

  async function assertExplained(expected: RegExp, nodeArguments: string[] = []): Promise<void> {
    const { refusal, status, facts, exit } = await askInVain(nodeArguments);
    assert.match(refusal, expected);
    assert.deepEqual([status.health, status.message], ['error', refusal]);
    assert.deepEqual(
      facts.map(({ id, learned }) => [id, learned]),
      [['a', false]],
    );
    assert.deepEqual(exit, [0, null], 'the sidecar lives until it is told to end');
  }

  it('says where Quickfire runs, on a platform without binaries', async () => {
    const intelMac = at('intelMac.js');
    await writeFile(
      intelMac,
      "Object.defineProperty(process, 'platform', { value: 'darwin' });\n" +
        "Object.defineProperty(process, 'arch', { value: 'x64' });\n",
    );
    await assertExplained(/darwin-x64.*linux-x64.*Dev Container/, ['--require', intelMac]);
  });

  it('says what to install, in a copy for another platform', async () => {
    await assertExplained(new RegExp(`packaged for another platform.*quickfire-${thisPlatform}`));
  });

  it('says what the system lacks, where that refuses the binary', async () => {
    await mkdir(dirname(binding()), { recursive: true });
    await writeFile(binding(), 'not a library');
    await assertExplained(
      /ONNX Runtime.*cannot be loaded.*requires.*System error: .*onnxruntime_binding\.node/,
    );
  });
});
