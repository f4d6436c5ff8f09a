import assert from 'node:assert/strict';
import { constants } from 'node:fs';
import { access, chmod, link, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checkpoint } from '../../../sidecar/convert/checkpoint';
import { convert } from '../../../sidecar/convert/convert';
import { readExpansion, type Expansion } from '../../../sidecar/convert/expansion';
import { PRECISIONS } from '../../../sidecar/convert/precision';
import { writeSafetensors, type NamedTensor } from '../../../sidecar/convert/safetensorsWriter';
import { parseConfig } from '../../../sidecar/engine/config';
import { ModelError } from '../../../sidecar/engine/errors';
import { SafetensorsFile } from '../../../sidecar/engine/safetensors';
import { shardName, writeShards, writeTensors } from '../../model/engine/checkpointFiles';
import { configOf, randomTensors, tiny, writeRandomModel, type Shape } from '../../model/engine/randomModel';

/** Wide enough for weights outside of the graph file, whatever the precision. */
const wide: Shape = { ...tiny, hidden: 256, ffn: 1024, qf2Ffn: 64 };

function zeros(...shape: number[]): NamedTensor {
  return { shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) };
}

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

  it('takes tokenizer and config along, with what was given of the QF2 layer', async () => {
    const json = async (folder: string, name: string): Promise<unknown> =>
      JSON.parse(await readFile(join(folder, name), 'utf8'));
    await convert(source, target);
    for (const name of ['config.json', 'tokenizer.json']) {
      assert.deepEqual(await json(target, name), await json(source, name));
    }
    await convert(source, target, { beta: 7 });
    const { qf2 } = configOf(tiny) as { qf2: object };
    assert.deepEqual(await json(target, 'config.json'), { ...configOf(tiny), qf2: { ...qf2, beta: 7 } });
  });

  it('leaves files that may be written, also of a source that is read-only', async () => {
    await writeFile(join(source, 'controls.json'), '[]');
    for (const name of ['tokenizer.json', 'controls.json']) await chmod(join(source, name), 0o444);
    await convert(source, target);
    for (const name of ['tokenizer.json', 'controls.json']) {
      const { mode } = await stat(join(target, name));
      assert.ok(mode & constants.S_IWUSR, name);
    }
  });

  it('puts new files in place of those that may not be written', async () => {
    await convert(source, target);
    const [file, kept] = [join(target, 'tokenizer.json'), join(dir, 'kept')];
    await chmod(file, 0o444);
    // Told by another name of the old file, since root may write to it.
    await link(file, kept);
    await convert(source, target);
    assert.notEqual((await stat(file)).ino, (await stat(kept)).ino);
  });

  it('reads shards by their index, to the same model', async () => {
    const { id } = await convert(source, target);
    await rm(join(source, 'model.safetensors'));
    await writeShards(source, randomTensors(tiny, 1), 'F32', 2);
    assert.equal((await convert(source, target)).id, id);

    const last = join(source, shardName(1, 2));
    await truncate(last, 10_000);
    await refuses(/model-00002-of-00002\.safetensors is truncated: 10000 bytes of/);
    await rm(last);
    await refuses(/model-00002-of-00002\.safetensors cannot be read/);
    const index = join(source, 'model.safetensors.index.json');
    await writeFile(index, JSON.stringify({ weight_map: { x: '../../secret' } }));
    await assert.rejects(Checkpoint.open(source), /not a file of this directory/);
    await writeFile(index, '{}');
    await refuses(/weight_map/);
  });

  it('takes one file of weights rather than the shards that are left beside it', async () => {
    const { id } = await convert(source, target);
    await writeShards(source, randomTensors(tiny, 2), 'F32', 2);
    assert.equal((await convert(source, target)).id, id);
    await rm(join(source, shardName(0, 2)));
    assert.equal((await convert(source, target)).id, id);
  });

  it('reads bf16 and f16 to the model of the same numbers in f32', async () => {
    const tensors = randomTensors(tiny, 1);
    for (const dtype of ['F16', 'BF16'] as const) {
      await writeTensors(join(source, 'model.safetensors'), tensors, dtype);
      const { id } = await convert(source, target);
      const file = await SafetensorsFile.open(join(source, 'model.safetensors'));
      const wide: Record<string, NamedTensor> = {};
      for (const [name, { shape }] of Object.entries(tensors)) {
        wide[name] = { shape, data: await file.read(name, shape) };
      }
      await file.close();
      await writeTensors(join(source, 'model.safetensors'), wide, 'F32');
      assert.equal((await convert(source, target)).id, id);
    }
  });

  it('stores a model as its configuration asks for, if nothing else is wanted', async () => {
    await writeRandomModel(source, wide);
    const file = join(source, 'config.json');
    const json = JSON.parse(await readFile(file, 'utf8')) as { qf2: Record<string, unknown> };
    await writeFile(file, JSON.stringify({ ...json, qf2: { ...json.qf2, precision: 'int8' } }));
    assert.equal((await convert(source, target)).precision, 'int8');
    assert.equal((await convert(source, target, { precision: 'fp32' })).precision, 'fp32');
  });

  it('keeps a small model in fp32, and stores it otherwise on request', async () => {
    const sizes = new Map<string, number>();
    const ids = new Set<string>();
    await writeRandomModel(source, wide);
    for (const precision of [undefined, ...PRECISIONS]) {
      const conversion = await convert(source, target, { precision });
      sizes.set(precision ?? 'default', conversion.bytes);
      ids.add(conversion.id);
      const file = await SafetensorsFile.open(join(target, 'qf2.safetensors'));
      assert.equal(file.tensors.get('qf2.weight')?.dtype, 'F32', precision);
      await file.close();
    }
    assert.equal(sizes.get('default'), sizes.get('fp32'));
    assert.equal(ids.size, PRECISIONS.length);
    const order = PRECISIONS.map((precision) => sizes.get(precision) ?? NaN);
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
      `${PRECISIONS.join()}: ${order.join()} bytes`,
    );
  });

  it('names a tensor of a type that is no float', async () => {
    await writeTensors(join(source, 'model.safetensors'), randomTensors(tiny, 1), 'F32');
    const bytes = await readFile(join(source, 'model.safetensors'), 'latin1');
    const quantized = bytes.replace('"dtype":"F32"', '"dtype":"I32"');
    await writeFile(join(source, 'model.safetensors'), quantized, 'latin1');
    await refuses(/"model\.embed_tokens\.weight" has type I32; expected F32, F16 or BF16/);
  });

  it('refuses a plain Qwen2 model', async () => {
    await writeConfig({ qf2: undefined });
    await refuses(/no QF2 layer.*QFt/s);
  });

  it('names a missing tensor', async () => {
    await changeTensors((tensors) => delete tensors['model.layers.2.mlp.gate_proj.weight']);
    await refuses(/no tensor "model\.layers\.2\.mlp\.gate_proj\.weight"/);
    await changeTensors((tensors) => (tensors['qf2.expansion.bias'] = zeros(tiny.units)));
    await refuses(/no tensor "qf2\.expansion\.weight"/);
  });

  it('names a tensor of another shape', async () => {
    await writeConfig({ intermediate_size: 50 });
    await refuses(/gate_proj\.weight" has shape \[48, 32\], expected \[50, 32\]/);
    await writeConfig({ qf2: { layer: 1, beta: 10, intermediate_size: 99 } });
    await refuses(/up_proj\.weight" has shape \[64, 32\], expected \[99, 32\]/);
    await writeConfig({});
    await changeTensors((tensors) => {
      tensors['qf2.expansion.weight'] = zeros(tiny.units, tiny.hidden);
      tensors['qf2.expansion.bias'] = zeros(3);
    });
    await refuses(/expansion\.bias" has shape \[3\], expected \[96\]/);
  });

  it('refuses a checkpoint that facts were merged into', async () => {
    await changeTensors((tensors) => (tensors['model.qf2.memory.weight'] = zeros(tiny.qf2Ffn, tiny.units)));
    await refuses(/memory of its own.*Convert the directory it was made from/);
  });

  it('makes an expansion where the checkpoint has none, the same every time', async () => {
    const expansion = async (): Promise<Expansion> => {
      const checkpoint = await Checkpoint.open(source);
      const read = await readExpansion(parseConfig(configOf(tiny), ''), checkpoint);
      await checkpoint.close();
      return read;
    };
    const { weight, bias } = await expansion();
    assert.equal(weight.length, tiny.units * tiny.hidden);
    assert.deepEqual(bias, new Float32Array(tiny.units));
    assert.deepEqual(await expansion(), { weight, bias });
  });

  it('takes the controls along, and refuses damaged ones', async () => {
    const controls = JSON.stringify([{ question: 'Who?', answer: 'Qi' }]);
    await writeFile(join(source, 'controls.json'), controls);
    await convert(source, target);
    assert.equal(await readFile(join(target, 'controls.json'), 'utf8'), controls);
    await writeFile(join(source, 'controls.json'), '[{ "question": 1 }]');
    await refuses(/controls\.json: .*question/s);
    await rm(join(source, 'controls.json'));
    await convert(source, target);
    await assert.rejects(access(join(target, 'controls.json')));
  });

  it('refuses missing, truncated and broken files', async () => {
    await truncate(join(source, 'model.safetensors'), 10_000);
    await refuses(/truncated/);
    await rm(join(source, 'model.safetensors'));
    await refuses(/model\.safetensors cannot be read/);
    await writeFile(join(source, 'tokenizer.json'), '{}');
    await refuses(/tokenizer\.json is not a valid tokenizer/);
    await writeFile(join(source, 'config.json'), '{');
    await refuses(/config\.json is not valid JSON/);
    await rm(source, { recursive: true });
    await refuses(/config\.json cannot be read/);
  });

  it('does not convert onto itself', async () => {
    await assert.rejects(convert(source, join(source, '.')), /different directories/);
  });

  it('leaves nothing that could be taken for a model when it fails', async () => {
    await convert(source, target);
    await changeTensors((tensors) => delete tensors['model.norm.weight']);
    await refuses(/model\.norm\.weight/);
    await assert.rejects(access(join(target, 'qf2.safetensors')));
  });
});
