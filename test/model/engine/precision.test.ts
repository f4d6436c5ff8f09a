import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convert, type ConvertOptions } from '../../../sidecar/convert/convert';
import { Model } from '../../../sidecar/engine/model';
import { HebbianRule } from '../../../sidecar/learning/rules/hebbian';
import { writeShards, type Dtype } from './checkpointFiles';
import { assertGolden } from './golden';
import { configOf, randomTensors, tiny, writeRandomModel, type Shape } from './randomModel';

const untied: Shape = { ...tiny, tied: false };
const prompt = { system: 'Qi founded Oxinnovate.', user: 'Who founded Oxinnovate?' };

/** Logits of transformers for the shards that `writeShards` makes of `untied` in bf16. */
const golden = join(__dirname, 'golden-bf16.json');

describe('converted checkpoints', () => {
  let dir: string;
  let source: string;
  let target: string;
  let model: Model | undefined;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'quickfire-precision-'));
    source = join(dir, 'source');
    target = join(dir, 'target');
  });
  afterEach(async () => {
    await model?.dispose();
    model = undefined;
    await rm(dir, { recursive: true });
  });

  async function load(shape: Shape, dtype: Dtype, options: ConvertOptions = {}): Promise<Model> {
    await writeRandomModel(source, shape);
    await rm(join(source, 'model.safetensors'));
    await writeShards(source, randomTensors(shape, 1), dtype, 3);
    await convert(source, target, options);
    return (model = await Model.load(target));
  }

  it('have the logits of transformers, in three shards of bf16', async () => {
    const { base } = await load(untied, 'BF16');
    await assertGolden(target, golden, base);
  });

  it('have them in fp16 too, where bf16 is kept exactly, and to 2e-2 where f32 is rounded', async () => {
    const { base } = await load(untied, 'BF16', { precision: 'fp16' });
    await assertGolden(target, golden, base);
    await model?.dispose();
    const rounded = await load(tiny, 'F32', { precision: 'fp16' });
    const exact = join(__dirname, 'golden-middle.json');
    await assertGolden(target, exact, rounded.base, 2e-2);
    await assert.rejects(assertGolden(target, exact, rounded.base, 1e-4), /a logit differs/);
  });

  // The logits are 1 in the mean square; int8 was seen to differ by 0.09 at most, int4 by 0.98.
  for (const [precision, tolerance] of [
    ['int8', 0.3],
    ['int4', 2],
  ] as const) {
    it(`have them to ${tolerance} in ${precision}, in rows that no block divides too`, async () => {
      const { base } = await load(untied, 'BF16', { precision });
      assert.notEqual(untied.ffn % 32, 0);
      await assertGolden(target, golden, base, tolerance);
      await assert.rejects(assertGolden(target, golden, base, 1e-4), /a logit differs/);
    });
  }

  it('learn by the rule of the paper where they bring nothing but a Qwen2 model, layer and beta being given', async () => {
    const published = { ...untied, qf2Ffn: untied.ffn };
    await writeRandomModel(source, published);
    const plain = { ...configOf(published), model_type: 'qwen2', qf2: undefined };
    await writeFile(join(source, 'config.json'), JSON.stringify(plain));
    const tensors = randomTensors(published, 1);
    // The layer's gate is still there, and of no use.
    const gate = tensors['model.layers.0.mlp.gate_proj.weight']!;
    await writeShards(source, { ...tensors, 'model.layers.1.mlp.gate_proj.weight': gate }, 'F16', 2);
    await convert(source, target, { layer: 1, beta: 10 });
    model = await Model.load(target);
    const { base } = model;
    assert.equal(model.config.qf2.layer, 1);

    const instruct = await model.record(prompt, 'Qi', base);
    const asked = { ...prompt, system: '' };
    const update = await model.record(asked, 'Qi', base);
    const rule = new HebbianRule(model);
    const engram = rule.form([{ instruct, update }], true);
    const memory = { version: 'taught', ...rule.fold([rule.write(engram)]) };
    const taught = await model.record(asked, 'Qi', memory);
    const agreeing = (pre: Float32Array): number =>
      pre.filter((value, i) => value > 0 === (instruct.pre[i] ?? NaN) > 0).length;
    assert.ok(agreeing(taught.pre) > agreeing(update.pre));
    assert.notDeepEqual(taught.probability, update.probability);
  });
});
