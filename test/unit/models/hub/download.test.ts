import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { downloadModel, type DownloadOptions } from '../../../../src/models/hub/download';
import { AccessError, ConnectionError, HubError } from '../../../../src/models/hub/errors';
import { isLocked } from '../../../../src/models/hub/folderLock';
import { configOf, tiny } from '../../../model/engine/randomModel';
import { HubServer } from './hubServer';

const REPOSITORY = 'owner/some-model';
const WEIGHTS = 'model.safetensors';
const weights = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 31) % 251));
const config = Buffer.from(JSON.stringify(configOf(tiny)));

describe('download of a model', () => {
  let hub: HubServer;
  let folder: string;
  let progress: number[];
  let controller: AbortController;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'quickfire-')), 'model');
    hub = await HubServer.start(REPOSITORY, {
      'README.md': Buffer.from('# A model'),
      'config.json': config,
      'tokenizer.json': Buffer.from('{}'),
      [WEIGHTS]: weights,
    });
    progress = [];
    controller = new AbortController();
  });
  afterEach(async () => {
    await hub.stop();
    await rm(join(folder, '..'), { recursive: true });
  });

  const download = (options: Partial<DownloadOptions> & { token?: string } = {}): Promise<void> =>
    downloadModel({ endpoint: hub.endpoint, token: options.token }, REPOSITORY, folder, {
      signal: controller.signal,
      onProgress: (done) => progress.push(done),
      retryMs: 1,
      ...options,
    });
  const names = async (): Promise<string[]> => (await readdir(folder)).sort();
  const isWhole = async (name = WEIGHTS): Promise<boolean> =>
    (await readFile(join(folder, name))).equals(hub.files.get(name)!);
  const part = async (): Promise<string> => {
    const found = (await names()).find((name) => name.startsWith(WEIGHTS) && name.endsWith('.part'));
    assert.ok(found, 'a part is there');
    return join(folder, found);
  };
  /** Cancels once the weights have begun to arrive. */
  const interrupt = async (after: number): Promise<void> => {
    hub.faults.set(WEIGHTS, [{ kind: 'stall', after }]);
    const onProgress = (done: number): void => {
      if (done > config.length + 2 + after - 1) controller.abort();
    };
    await assert.rejects(download({ onProgress }), { name: 'AbortError' });
    controller = new AbortController();
    hub.requests.splice(0);
  };

  it('fetches what the converter reads and nothing else, and tells how far it is', async () => {
    await download();
    assert.deepEqual(await names(), ['config.json', WEIGHTS, 'tokenizer.json']);
    for (const name of await names()) assert.ok(await isWhole(name), name);
    assert.equal(progress.at(-1), config.length + 2 + weights.length);
    assert.deepEqual(
      progress,
      [...progress].sort((a, b) => a - b),
    );
  });

  it('fetches the shards that an index names, and no other weights', async () => {
    const shards = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'] as const;
    const [first, second] = shards;
    hub.files.set(first, weights.subarray(0, 1000));
    hub.files.set(second, weights.subarray(1000, 3000));
    for (const name of ['adapter_model.safetensors', 'consolidated.safetensors'])
      hub.files.set(name, weights);
    const index = { weight_map: { a: first, b: second, c: first } };
    hub.files.set('model.safetensors.index.json', Buffer.from(JSON.stringify(index)));
    hub.files.delete(WEIGHTS);
    await download();
    assert.deepEqual(await names(), [
      'config.json',
      ...shards,
      'model.safetensors.index.json',
      'tokenizer.json',
    ]);
    assert.ok((await isWhole(first)) && (await isWhole(second)));
  });

  it('fetches one file of weights where there is one, whatever shards are beside it', async () => {
    const shard = 'model-00001-of-00001.safetensors';
    hub.files.set(shard, weights.subarray(0, 1000));
    hub.files.set('model.safetensors.index.json', Buffer.from(JSON.stringify({ weight_map: { a: shard } })));
    await download();
    assert.deepEqual(await names(), ['config.json', WEIGHTS, 'tokenizer.json']);
    assert.equal(hub.requests.length, 4);
  });

  it('says which shard is missing before it fetches any', async () => {
    const index = { weight_map: { a: 'model-1.safetensors', b: 'model-2.safetensors' } };
    hub.files.set('model-1.safetensors', weights);
    hub.files.set('model.safetensors.index.json', Buffer.from(JSON.stringify(index)));
    hub.files.delete(WEIGHTS);
    await assert.rejects(download(), /cannot convert .*: it has no model-2\.safetensors\.$/);
    assert.deepEqual(hub.requestsFor('model-1.safetensors'), []);
  });

  it('goes on after connections that drop in the middle', async () => {
    hub.faults.set(WEIGHTS, [
      { kind: 'drop', after: 100_000 },
      { kind: 'drop', after: 50_000 },
    ]);
    await download();
    assert.ok(await isWhole());
    assert.deepEqual(
      hub.requestsFor(WEIGHTS).map(({ range }) => range),
      [undefined, 'bytes=100000-', 'bytes=150000-'],
    );
  });

  it('gives up when nothing more comes, and keeps what has come', async () => {
    const faults = [{ kind: 'drop', after: 1000 } as const];
    for (let i = 0; i < 10; i++) faults.push({ kind: 'drop', after: 0 } as never);
    hub.faults.set(WEIGHTS, faults);
    await assert.rejects(download(), ConnectionError);
    assert.equal((await stat(await part())).size, 1000);
  });

  it('cancels at once, and later goes on where it was', async () => {
    await interrupt(70_000);
    assert.equal((await stat(await part())).size, 70_000);
    await download();
    assert.ok(await isWhole());
    assert.deepEqual(
      hub.requests.map(({ path, range }) => [path.split('/').at(-1), range]),
      [
        ['main?blobs=true', undefined],
        [WEIGHTS, 'bytes=70000-'],
      ],
    );
    assert.ok(progress[0]! <= config.length);
    assert.ok(progress.includes(config.length + 2 + 70_000));
  });

  for (const length of [0, 1, weights.length - 1, weights.length]) {
    it(`goes on after a kill at byte ${length}`, async () => {
      await interrupt(5);
      await writeFile(await part(), weights.subarray(0, length));
      await download();
      assert.ok(await isWhole());
      const [request] = hub.requestsFor(WEIGHTS);
      if (length === weights.length) assert.equal(request, undefined);
      else assert.equal(request?.range, length === 0 ? undefined : `bytes=${length}-`);
    });
  }

  it('starts again where the server ignores the range', async () => {
    await interrupt(70_000);
    hub.faults.set(WEIGHTS, [{ kind: 'ignoreRange' }]);
    await download();
    assert.ok(await isWhole());
    assert.equal(hub.requestsFor(WEIGHTS).length, 1);
  });

  it('starts again where the server does not know the range', async () => {
    await interrupt(70_000);
    hub.faults.set(WEIGHTS, [{ kind: 'status', status: 416 }]);
    await download();
    assert.ok(await isWhole());
    assert.deepEqual(
      hub.requestsFor(WEIGHTS).map(({ range }) => range),
      ['bytes=70000-', undefined],
    );
  });

  for (const [what, name] of [
    ['sha256', WEIGHTS],
    ['id of git', 'tokenizer.json'],
  ] as const) {
    it(`deletes a file whose ${what} is wrong, says so, and fetches it anew`, async () => {
      const content = Buffer.from(hub.files.get(name)!);
      content[1]! ^= 1;
      hub.faults.set(name, [{ kind: 'content', content }]);
      await assert.rejects(download(), (error: Error) => {
        assert.ok(error instanceof HubError);
        assert.match(error.message, new RegExp(`^${name} arrived damaged .*deleted`));
        return true;
      });
      assert.ok(!(await names()).some((kept) => kept.startsWith(name)));
      await download();
      assert.ok(await isWhole(name));
    });
  }

  it('notices a part that was damaged on disk', async () => {
    await interrupt(70_000);
    await writeFile(await part(), Buffer.alloc(70_000));
    await assert.rejects(download(), /arrived damaged/);
    await download();
    assert.ok(await isWhole());
  });

  it('fetches a complete file anew that was damaged on disk, and only that', async () => {
    await download();
    await writeFile(join(folder, WEIGHTS), Buffer.alloc(weights.length));
    hub.requests.splice(0);
    await download();
    assert.ok(await isWhole());
    assert.equal(hub.requests.length, 2);
  });

  it('compares the length where the hub tells no hashes', async () => {
    hub.tellsDigests = false;
    hub.faults.set(WEIGHTS, [{ kind: 'content', content: Buffer.concat([weights, weights]) }]);
    await assert.rejects(download(), /larger than the hub reported/);
    await download();
    assert.ok(await isWhole());
  });

  it('does not take the part of an older commit for the new file', async () => {
    await interrupt(70_000);
    hub.files.set(WEIGHTS, Buffer.from(weights).reverse());
    await download();
    assert.ok(await isWhole());
    assert.deepEqual(await names(), ['config.json', WEIGHTS, 'tokenizer.json']);
    assert.equal(hub.requestsFor(WEIGHTS)[0]?.range, undefined);
  });

  for (const status of [401, 403]) {
    it(`asks for a token at ${status}, and uses it`, async () => {
      hub.token = 'hf_secret';
      hub.refusal = status;
      await assert.rejects(download(), AccessError);
      await assert.rejects(download({ token: 'hf_wrong' }), AccessError);
      await download({ token: 'hf_secret' });
      assert.ok(await isWhole());
    });
  }

  it('says at 401 that a token may be wrong only where it sent one', async () => {
    hub.token = 'hf_secret';
    await assert.rejects(download(), /does not exist, or requires a Hugging Face token \(401\)\.$/);
    await assert.rejects(download({ token: 'hf_wrong' }), (error: Error) => {
      assert.match(error.message, /is wrong or has expired \(401\).*leave empty to remove it/);
      assert.doesNotMatch(error.message, /hf_/);
      return true;
    });
  });

  for (const token of ['hf_sec…ret', '“hf_secret”', 'hf_sec\nret', 'hf_sec ret', 'hf_sécret']) {
    it(`does not send ${JSON.stringify(token)}, and does not show it`, async () => {
      await assert.rejects(download({ token }), (error: Error) => {
        assert.ok(error instanceof AccessError);
        assert.match(error.message, /contains invalid characters/);
        assert.doesNotMatch(error.message, /hf_/);
        return true;
      });
      assert.deepEqual(hub.requests, []);
    });
  }

  it('says what does not exist', async () => {
    hub.files.clear();
    await assert.rejects(
      download(),
      /cannot convert owner\/some-model: .*no config\.json.*no model\.safetensors/,
    );
    const nowhere = { endpoint: `${hub.endpoint}/nowhere` };
    const options = { signal: controller.signal, onProgress: () => undefined };
    await assert.rejects(downloadModel(nowhere, REPOSITORY, folder, options), /does not exist .*404/);
  });

  it('says that something else than a hub answers', async () => {
    const server = createServer((_, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const options = { signal: controller.signal, onProgress: () => undefined };
    try {
      await assert.rejects(
        downloadModel({ endpoint }, REPOSITORY, folder, options),
        /did not answer like a Hugging Face hub/,
      );
    } finally {
      server.close();
    }
  });

  it('refuses a model without a QF2 layer before its weights come', async () => {
    const plain = { ...configOf(tiny), qf2: undefined };
    hub.files.set('config.json', Buffer.from(JSON.stringify(plain)));
    await assert.rejects(download(), { name: 'ModelError', message: /no QF2 layer/ });
    assert.deepEqual(hub.requestsFor(WEIGHTS), []);
  });

  it('asks for room before it fetches, for what is missing and for the conversion', async () => {
    const free = (bytes: number): DownloadOptions['statFs'] => {
      return () => Promise.resolve({ bavail: bytes, bsize: 1 });
    };
    const needed = config.length + 2 + 3 * weights.length;
    await assert.rejects(
      download({ statFs: free(needed - 1) }),
      /Not enough disk space .* needs .* GB are free/,
    );
    assert.equal(hub.requests.length, 1);
    await interrupt(70_000);
    await download({ statFs: free(2 * weights.length + (weights.length - 70_000)) });
    assert.ok(await isWhole());
  });

  it('follows a redirect to another host without handing it the token', async () => {
    const storage = await HubServer.start(REPOSITORY, { [WEIGHTS]: weights });
    hub.token = 'hf_secret';
    const to = `${storage.endpoint}/${REPOSITORY}/resolve/${'a'.repeat(40)}/${WEIGHTS}`;
    hub.faults.set(WEIGHTS, [
      { kind: 'redirect', to },
      { kind: 'redirect', to },
    ]);
    storage.faults.set(WEIGHTS, [{ kind: 'drop', after: 1000 }]);
    await download({ token: 'hf_secret' });
    assert.ok(await isWhole());
    assert.deepEqual(
      storage.requests.map(({ range, authorization }) => [range, authorization]),
      [
        [undefined, undefined],
        ['bytes=1000-', undefined],
      ],
    );
    await storage.stop();
  });

  it('refuses a redirect to plain http, and one without end', async () => {
    hub.faults.set(WEIGHTS, [{ kind: 'redirect', to: 'http://example.com/model.safetensors' }]);
    await assert.rejects(download(), /http:\/\/example\.com is not allowed/);
    const here = `/${REPOSITORY}/resolve/${'a'.repeat(40)}/${WEIGHTS}`;
    hub.faults.set(
      WEIGHTS,
      Array.from({ length: 9 }, () => ({ kind: 'redirect', to: here }) as const),
    );
    await assert.rejects(download(), /redirects too many times/);
  });

  it('lets one process at a time work on a folder, and does not mind the lock of a killed one', async () => {
    const lock = `${folder}.lock`;
    await mkdir(lock, { recursive: true });
    assert.equal(await isLocked(folder), true);
    await assert.rejects(download(), /another window/);
    assert.deepEqual(hub.requests, []);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    await download();
    assert.ok(await isWhole());
    assert.equal(await isLocked(folder), false);
  });

  it('downloads anew after a process that deleted the folder when it was done with it', async () => {
    const options = { signal: controller.signal, onProgress: () => undefined };
    let second: Promise<void> | undefined;
    await downloadModel({ endpoint: hub.endpoint }, REPOSITORY, folder, options, async () => {
      second = download({ retryMs: 50 });
      // Lets the second find the folder and the lock.
      await delay(100);
      await rm(folder, { recursive: true });
    });
    await second;
    assert.ok(await isWhole());
  });

  it('stops waiting for another process at once when it is cancelled', async () => {
    await mkdir(`${folder}.lock`, { recursive: true });
    const waiting = download({ retryMs: 60_000 });
    setTimeout(() => controller.abort(), 50);
    await assert.rejects(waiting, { name: 'AbortError' });
  });

  it('is alone with the folder also while that is used, and does nothing where another was faster', async () => {
    const options = { signal: controller.signal, onProgress: () => undefined };
    const seen: boolean[] = [];
    await downloadModel({ endpoint: hub.endpoint }, REPOSITORY, folder, options, async () => {
      seen.push(await isLocked(folder));
    });
    assert.deepEqual(seen, [true]);
    const { length } = hub.requests;
    await download({ isDone: () => true });
    assert.equal(hub.requests.length, length);
  });
});
