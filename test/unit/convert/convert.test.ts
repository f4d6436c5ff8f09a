import assert from 'node:assert/strict';
import { access, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checkpoint } from '../../../sidecar/convert/checkpoint';
import { convert } from '../../../sidecar/convert/convert';
import { writeSafetensors } from '../../../sidecar/convert/safetensorsWriter';
import { ModelError } from '../../../sidecar/engine/errors';
import { configOf, randomTensors, tiny, writeRandomModel } from '../../model/engine/randomModel';

describe('converter', () => {
  let dir: string;
  let source: string;
  let target: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'quickfire-convert-'));
    source = join(dir, 'source');
    target = join(dir, 'target');
    await writeRandomModel(source, tiny);
  });
  afterEach(() => rm(dir, { recursive: true }));

  const refuses = (pattern: RegExp): Promise<void> =>
    assert.rejects(
      convert(source, target),
      (error) => error instanceof ModelError && pattern.test(error.message),
    );

  async function writeConfig(changed: Record<string, unknown>): Promise<void> {
    await writeFile(join(source, 'config.json'), JSON.stringify({ ...configOf(tiny), ...changed }));
  }

  async function changeTensors(change: (tensors: ReturnType<typeof randomTensors>) => void): Promise<void> {
    const tensors = randomTensors(tiny, 1);
    change(tensors);
    await writeSafetensors(join(source, 'model.safetensors'), tensors);
  }

  it('names the same model the same, and another one otherwise', async () => {
    const { id } = await convert(source, target);
    assert.match(id, /^[0-9a-f]{16}$/);
    assert.equal((await convert(source, join(dir, 'again'))).id, id);
    await writeRandomModel(source, tiny, 2);
    assert.notEqual((await convert(source, target)).id, id);
  });

  it('copies the tokenizer and the config as they are', async () => {
    await convert(source, target);
    for (const name of ['config.json', 'tokenizer.json']) {
      assert.deepEqual(await readFile(join(target, name)), await readFile(join(source, name)));
    }
  });

  it('reads shards by their index, to the same model', async () => {
    const { id } = await convert(source, target);
    const entries = Object.entries(randomTensors(tiny, 1));
    const shards = [entries.slice(0, 9), entries.slice(9)];
    const weight_map: Record<string, string> = {};
    for (const [i, shard] of shards.entries()) {
      const name = `model-0000${i + 1}-of-00002.safetensors`;
      await writeSafetensors(join(source, name), Object.fromEntries(shard));
      for (const [tensor] of shard) weight_map[tensor] = name;
    }
    await rm(join(source, 'model.safetensors'));
    const index = join(source, 'model.safetensors.index.json');
    await writeFile(index, JSON.stringify({ weight_map }));
    assert.equal((await convert(source, target)).id, id);

    await rm(join(source, 'model-00002-of-00002.safetensors'));
    await refuses(/model-00002-of-00002\.safetensors cannot be read/);
    await writeFile(index, JSON.stringify({ weight_map: { x: '../../secret' } }));
    await assert.rejects(Checkpoint.open(source), /not a file of this directory/);
    await writeFile(index, '{}');
    await refuses(/weight_map/);
  });

  it('refuses a plain Qwen2 model', async () => {
    await writeConfig({ qf2: undefined });
    await refuses(/no QF2 layer/);
  });

  it('names a missing tensor', async () => {
    await changeTensors((tensors) => delete tensors['model.layers.2.mlp.gate_proj.weight']);
    await refuses(/no tensor "model\.layers\.2\.mlp\.gate_proj\.weight"/);
    await changeTensors((tensors) => delete tensors['qf2.mu']);
    await refuses(/no tensor "qf2\.mu"/);
  });

  it('names a tensor of another shape', async () => {
    await writeConfig({ intermediate_size: 50 });
    await refuses(/gate_proj\.weight" has shape \[48, 32\], expected \[50, 32\]/);
    await writeConfig({ qf2: { layer: 1, beta: 10, intermediate_size: 99 } });
    await refuses(/up_proj\.weight" has shape \[64, 32\], expected \[99, 32\]/);
  });

  it('refuses missing, truncated and broken files', async () => {
    await truncate(join(source, 'model.safetensors'), 10_000);
    await refuses(/truncated/);
    await rm(join(source, 'model.safetensors'));
    await refuses(/model\.safetensors cannot be read/);
    await writeFile(join(source, 'tokenizer.json'), '{}');
    await refuses(/tokenizer\.json is not a tokenizer/);
    await writeFile(join(source, 'config.json'), '{');
    await refuses(/config\.json is not valid JSON/);
    await rm(source, { recursive: true });
    await refuses(/config\.json cannot be read/);
  });

  it('does not convert onto itself', async () => {
    await assert.rejects(convert(source, join(source, '.')), /two directories/);
  });

  it('leaves nothing that could be taken for a model when it fails', async () => {
    await convert(source, target);
    await changeTensors((tensors) => delete tensors['model.norm.weight']);
    await refuses(/model\.norm\.weight/);
    await assert.rejects(access(join(target, 'qf2.safetensors')));
  });
});
