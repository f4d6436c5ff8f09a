import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-languageserver/node';
import { convert } from '../../../sidecar/convert/convert';
import { Requests, type Status } from '../../../sidecar/protocol';
import { tiny, writeRandomModel } from '../engine/randomModel';

const root = join(__dirname, '..', '..', '..');

describe('sidecar process', function () {
  this.timeout(120_000);
  let folder: string;
  let home: string;
  let child: ChildProcess;
  let connection: MessageConnection;
  const unread: string[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quickfire-'));
    home = join(folder, 'home');
    await mkdir(home);
    await writeRandomModel(join(folder, 'source'), tiny);
    await convert(join(folder, 'source'), join(folder, 'model'));
    child = spawn(process.execPath, ['--import', 'tsx', join(root, 'sidecar', 'main.ts'), '--stdio'], {
      cwd: root,
      env: {
        ...process.env,
        ORT_DISABLE_TELEMETRY: '1',
        HOME: home,
        USERPROFILE: home,
        LOCALAPPDATA: home,
        XDG_CACHE_HOME: join(home, 'cache'),
        XDG_CONFIG_HOME: join(home, 'config'),
        XDG_DATA_HOME: join(home, 'data'),
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdin, stdout } = child;
    assert.ok(stdin && stdout);
    connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    connection.onError(([error]) => unread.push(error.message));
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      initializationOptions: {
        modelDir: join(folder, 'model'),
        userFacts: join(folder, 'facts', 'facts.jsonl'),
        cacheDir: join(folder, 'engrams'),
      },
    });
  });
  after(async () => {
    connection.dispose();
    if (child.exitCode === null) child.kill();
    await rm(folder, { recursive: true });
  });

  it('loads a model, asks it and records a fact', async () => {
    const ask = { askId: '1', question: 'Who?' };
    const answer = Requests.ask.result.parse(await connection.sendRequest(Requests.ask.method, ask));
    assert.ok(answer.ms > 0);
    const status: Status = Requests.status.result.parse(
      await connection.sendRequest(Requests.status.method, {}),
    );
    assert.deepEqual([status.health, status.executionProvider], ['ok', 'cpu']);
    const teach = {
      teachId: '1',
      statement: 'A is B.',
      questions: ['What is A?'],
      answer: 'B',
      scope: 'user',
    };
    const report = Requests.teach.result.parse(await connection.sendRequest(Requests.teach.method, teach));
    assert.equal(report.answers.length, 1);
    assert.notDeepEqual(await readdir(join(folder, 'engrams')), []);
  });

  it('keeps standard output for the protocol', () => {
    assert.deepEqual(unread, []);
  });

  it('ends when it is told to', async () => {
    const ended = once(child, 'exit');
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.deepEqual(await ended, [0, null]);
  });

  it('leaves nothing of a telemetry in the home and cache folders', async () => {
    const files = await readdir(home, { recursive: true });
    assert.deepEqual(
      files.filter((file) => !file.startsWith('.npm')),
      [],
    );
  });
});
