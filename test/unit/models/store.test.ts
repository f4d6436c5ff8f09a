import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { files } from '../../../sidecar/engine/layout';
import { isConverted, ModelStore } from '../../../src/models/store';

describe('model store', () => {
  let root: string;
  let store: ModelStore;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'quickfire-'));
    store = new ModelStore(root);
  });
  afterEach(() => rm(root, { recursive: true }));

  const put = async (folder: string, ...names: string[]): Promise<void> => {
    await mkdir(folder, { recursive: true });
    for (const name of names) await writeFile(join(folder, name), '');
  };
  const whole = [files.config, files.tokenizer, files.graph, files.weights, files.qf2];

  it('is empty at first', async () => {
    assert.deepEqual(await store.list(), []);
    assert.deepEqual(await store.unfinished(), []);
  });

  it('lists complete models by name and origin', async () => {
    await put(store.hubFolder('owner/b'), ...whole);
    await put(store.hubFolder('owner/a'), ...whole);
    for (const place of ['/somewhere', '/elsewhere']) {
      await put(store.localFolder(`${place}/owner`), ...whole);
    }
    assert.deepEqual(
      (await store.list()).map(({ name, origin }) => [name.replace(/-[0-9a-f]{6}$/, ' of a place'), origin]),
      [
        ['owner/a', 'hub'],
        ['owner/b', 'hub'],
        ['owner of a place', 'local'],
        ['owner of a place', 'local'],
      ],
    );
    for (const { folder } of await store.list()) assert.ok(isConverted(folder));
  });

  it('leaves out what a conversion or download left behind', async () => {
    await put(store.hubFolder('owner/half'), ...whole.slice(0, -1));
    await put(`${store.hubFolder('owner/model')}.converting`, ...whole);
    await put(store.downloadFolder('owner/model'), files.config);
    await put(`${store.downloadFolder('owner/model')}.lock`);
    assert.deepEqual(await store.list(), []);
    assert.deepEqual(await store.unfinished(), ['owner/model']);
  });

  it('sweeps up what killed conversions left, and leaves those alone that go on', async () => {
    const [model, local, busy] = [
      store.hubFolder('owner/a'),
      store.localFolder('/somewhere/b'),
      store.hubFolder('owner/busy'),
    ];
    for (const folder of [model, `${model}.former`, `${local}.converting`]) await put(folder, ...whole);
    for (const suffix of ['.converting', '.former', '.lock']) await put(`${busy}${suffix}`);
    await store.sweep();
    assert.deepEqual((await readdir(dirname(model))).sort(), [
      'a',
      'busy.converting',
      'busy.former',
      'busy.lock',
    ]);
    assert.deepEqual(await readdir(dirname(local)), []);
    assert.ok(isConverted(model));
  });

  it('puts a model back that was moved away, where nothing has taken its place', async () => {
    const model = store.hubFolder('owner/a');
    for (const suffix of ['.former', '.converting']) await put(`${model}${suffix}`, ...whole);
    await store.sweep();
    assert.deepEqual(await readdir(dirname(model)), ['a']);
    assert.ok(isConverted(model));
  });

  it('removes a model for good, and nothing outside', async () => {
    const folder = store.hubFolder('owner/a');
    for (const suffix of ['', '.former']) await put(`${folder}${suffix}`, ...whole);
    await store.remove(folder);
    await store.sweep();
    assert.ok(!existsSync(folder));
    await assert.rejects(store.remove(join(root, '..')), /not in the store/);
    assert.ok(existsSync(root));
  });
});
