import assert from 'node:assert/strict';
import { access, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checkpoint } from '../../../sidecar/convert/checkpoint';
import { convert } from '../../../sidecar/convert/convert';
import { readExpansion, type Expansion } from '../../../sidecar/convert/expansion';
import { writeSafetensors, type NamedTensor } from '../../../sidecar/convert/safetensorsWriter';
import { parseConfig } from '../../../sidecar/engine/config';
import { ModelError } from '../../../sidecar/engine/errors';
import { configOf, randomTensors, tiny, writeRandomModel } from '../../model/engine/randomModel';

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
    await refuses(/memory of its own.*Convert the directory that it was made from/);
  });

  it('makes an expansion where the checkpoint has none, the same every time, that sees the input less its mean', async () => {
    const expansion = async (): Promise<Expansion> => {
      const checkpoint = await Checkpoint.open(source);
      const read = await readExpansion(parseConfig(configOf(tiny), ''), checkpoint);
      await checkpoint.close();
      return read;
    };
    const { weight, bias } = await expansion();
    assert.deepEqual([weight.length, bias.length], [tiny.units * tiny.hidden, tiny.units]);
    assert.deepEqual(await expansion(), { weight, bias });
    const mu = randomTensors(tiny, 1)['qf2.mu']!.data;
    bias.forEach((value, unit) => {
      const z = mu.reduce((sum, mean, j) => sum + mean * weight[unit * tiny.hidden + j]!, value);
      assert.ok(Math.abs(z) < 1e-4);
    });
    await changeTensors((tensors) => delete tensors['qf2.mu']);
    assert.deepEqual(await expansion(), { weight, bias: new Float32Array(tiny.units) });
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
