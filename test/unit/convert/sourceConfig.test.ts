import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSourceConfig, type Qf2Facts } from '../../../sidecar/convert/sourceConfig';
import type { ModelConfig } from '../../../sidecar/engine/config';
import { ModelError } from '../../../sidecar/engine/errors';
import { configOf, tiny } from '../../model/engine/randomModel';

/** config.json of Qwen2.5-1.5B-Instruct as far as it matters, which the published checkpoint has too. */
const qwen = {
  architectures: ['Qwen2ForCausalLM'],
  hidden_act: 'silu',
  hidden_size: 1536,
  intermediate_size: 8960,
  max_position_embeddings: 32768,
  max_window_layers: 21,
  model_type: 'qwen2',
  num_attention_heads: 12,
  num_hidden_layers: 28,
  num_key_value_heads: 2,
  rms_norm_eps: 1e-6,
  rope_theta: 1e6,
  sliding_window: 32768,
  tie_word_embeddings: true,
  torch_dtype: 'bfloat16',
  use_sliding_window: false,
  vocab_size: 151936,
};

describe("a checkpoint's configuration", () => {
  let dir: string;
  beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'quickfire-config-'))));
  afterEach(() => rm(dir, { recursive: true }));

  async function read(json: unknown, given: Qf2Facts = {}, folder = 'some-model'): Promise<ModelConfig> {
    const source = join(dir, ...folder.split('/'));
    await mkdir(source, { recursive: true });
    await writeFile(join(source, 'config.json'), JSON.stringify(json));
    const { config, json: complete } = await readSourceConfig(source, given);
    assert.deepEqual((complete.qf2 as { layer: number }).layer, config.qf2.layer);
    return config;
  }

  const refuses = (json: unknown, pattern: RegExp, given?: Qf2Facts, folder?: string): Promise<void> =>
    assert.rejects(
      read(json, given, folder),
      (error) => error instanceof ModelError && pattern.test(error.message),
    );

  it('says its QF2 layer itself', async () => {
    const { qf2 } = await read(configOf(tiny));
    assert.deepEqual([qf2.layer, qf2.beta, qf2.expansion.units], [1, 10, tiny.units]);
    const named = await read({ ...qwen, qflayer: 5, qfbeta: 7 });
    assert.deepEqual([named.qf2.layer, named.qf2.beta], [5, 7]);
  });

  it('is read over a byte order mark', async () => {
    await writeFile(join(dir, 'config.json'), `\uFEFF${JSON.stringify(configOf(tiny))}`);
    assert.equal((await readSourceConfig(dir)).config.qf2.layer, 1);
  });

  it('is overruled by what is given', async () => {
    const { qf2 } = await read(configOf(tiny), { beta: 3 });
    assert.deepEqual([qf2.layer, qf2.beta], [1, 3]);
    const given = await read(qwen, { layer: 12, beta: 9 });
    assert.deepEqual([given.qf2.layer, given.qf2.beta], [12, 9]);
    await refuses(qwen, /qf2\.layer is 28, but the model has 28 layers/, { layer: 28, beta: 10 });
    await refuses(qwen, /does not specify beta.*--beta.*"layer": 12/, { layer: 12 });
  });

  it('is known of the published checkpoint, wherever it lies', async () => {
    for (const folder of [
      'downloads/oxinnovate/QF2-1.5B-instruct',
      'models--oxinnovate--QF2-1.5B-instruct/snapshots/0123',
    ]) {
      const { qf2 } = await read(qwen, {}, folder);
      assert.deepEqual([qf2.layer, qf2.beta, qf2.rule.hebbian.rate], [23, 10, 4e-4]);
    }
    assert.equal((await read({ ...qwen, qfbeta: 20 }, {}, 'QF2-1.5B-instruct')).qf2.beta, 20);
    await refuses({ ...qwen, num_hidden_layers: 24 }, /no QF2 layer/, {}, 'QF2-1.5B-instruct');
  });

  it('asks for a precision that there is', async () => {
    const json = configOf(tiny) as { qf2: object };
    await refuses(
      { ...json, qf2: { ...json.qf2, precision: 'int2' } },
      /"precision".*int4, int8, fp16, fp32/,
    );
  });

  it('of a plain Qwen2 model says what QFt is, and what else could be meant', async () => {
    await refuses(
      qwen,
      /no QF2 layer.*train the model with QFt.*python -m qft\.convert.*--layer and --beta/s,
    );
  });

  it('says what else is not supported before it asks for its QF2 layer', async () => {
    const scaled = { ...qwen, rope_scaling: { type: 'yarn', factor: 4 } };
    for (const given of [{}, { layer: 12 }, { beta: 9 }])
      await refuses(scaled, /"yarn" is not supported/, given);
    await refuses({ ...qwen, qf2: { precision: 'int2' } }, /"precision".*int4/);
    await assert.rejects(read(qwen, { layer: 12 }), { missing: 'beta', layers: 28 });
  });

  it('of another or a quantized model says that it is not supported', async () => {
    await refuses({ ...qwen, model_type: 'llama' }, /type is "llama".*Qwen2/);
    await refuses({ ...qwen, model_type: undefined }, /type is unknown/);
    await refuses([], /not a model configuration/);
    await refuses({ ...qwen, qf2: 3 }, /"qf2" must be an object/);
    await refuses({ ...configOf(tiny), quantization_config: { bits: 4 } }, /quantized.*original/);
  });
});
