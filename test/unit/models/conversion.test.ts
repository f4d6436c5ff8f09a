import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertModel } from '../../../src/models/conversion';
import { isConverted } from '../../../src/models/store';
import { configOf, tiny, writeRandomModel } from '../../model/engine/randomModel';

const module = join(__dirname, '..', '..', '..', 'sidecar', 'convert', 'main.ts');

describe('conversion in a process of its own', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quickfire-'));
    await writeRandomModel(join(folder, 'source'), tiny);
  });
  after(() => rm(folder, { recursive: true }));

  const convert = (
    target: string,
    signal: AbortSignal,
    onProgress: (share: number) => void,
    retryMs?: number,
  ): Promise<void> =>
    convertModel({
      module,
      source: join(folder, 'source'),
      target: join(folder, target),
      signal,
      onProgress,
      retryMs,
    });

  it('puts a complete model in its place, and tells how far it is', async () => {
    const shares: number[] = [];
    await convert('models/new', new AbortController().signal, (share) => shares.push(share));
    assert.ok(isConverted(join(folder, 'models', 'new')));
    assert.deepEqual(await readdir(join(folder, 'models')), ['new']);
    assert.equal(shares.at(-1), 1);
    assert.ok(shares.length > 10 && shares.every((share, i) => share > 0 && share >= (shares[i - 1] ?? 0)));
  });

  it('takes the place of the model that was there', async () => {
    const former = join(folder, 'models', 'new', 'former');
    await writeFile(former, '');
    await convert('models/new', new AbortController().signal, () => undefined);
    assert.ok(isConverted(join(folder, 'models', 'new')) && !existsSync(former));
    assert.deepEqual(await readdir(join(folder, 'models')), ['new']);
  });

  it('is done once where two windows want it', async () => {
    const { signal } = new AbortController();
    const shares: number[][] = [[], []];
    await Promise.all(shares.map((told) => convert('twice/model', signal, (share) => told.push(share), 500)));
    assert.ok(isConverted(join(folder, 'twice', 'model')));
    assert.deepEqual(await readdir(join(folder, 'twice')), ['model']);
    assert.equal(shares.filter((told) => told.length > 0).length, 1);
  });

  it('leaves another window alone that goes on, and says so', async () => {
    const target = join(folder, 'other', 'model');
    const theirs = [`${target}.lock`, `${target}.converting`];
    for (const name of theirs) await mkdir(name, { recursive: true });
    const waiting = convert('other/model', new AbortController().signal, () => undefined, 1);
    await assert.rejects(waiting, { name: 'ModelError', message: /being converted in another window/ });
    for (const name of theirs) assert.ok(existsSync(name));
  });

  it('leaves nothing when the editor that began it is gone', async () => {
    // So large that its conversion does not end while the message is on its way.
    const source = join(folder, 'large');
    await writeRandomModel(source, { ...tiny, layers: 40, hidden: 128, ffn: 512 });
    const target = join(folder, 'left', 'model');
    const child = fork(module, [source, target]);
    child.on('message', () => existsSync(target) && child.connected && child.disconnect());
    const [status] = (await once(child, 'exit')) as [number];
    assert.equal(status, 1);
    assert.deepEqual(await readdir(join(folder, 'left')), []);
  });

  it('leaves nothing when it is cancelled', async () => {
    const controller = new AbortController();
    await assert.rejects(
      convert('cancelled/model', controller.signal, () => controller.abort()),
      { name: 'AbortError' },
    );
    assert.deepEqual(await readdir(join(folder, 'cancelled')), []);
  });

  it('says what the converter says, and keeps the model that was there', async () => {
    const plain = { ...configOf(tiny), qf2: undefined };
    await writeFile(join(folder, 'source', 'config.json'), JSON.stringify(plain));
    const failing = convert('models/new', new AbortController().signal, () => undefined);
    await assert.rejects(failing, { name: 'ModelError', message: /^.*no QF2 layer.*qft.*$/ });
    assert.ok(isConverted(join(folder, 'models', 'new')));
    assert.deepEqual(await readdir(join(folder, 'models')), ['new']);
  });
});
