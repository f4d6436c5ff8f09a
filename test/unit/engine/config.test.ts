import assert from 'node:assert/strict';
import { parseConfig } from '../../../sidecar/engine/config';
import { ModelError } from '../../../sidecar/engine/errors';
import { configOf, tiny } from '../../model/engine/randomModel';

describe('model config', () => {
  const json = configOf(tiny);
  const qf2 = { layer: 1, beta: 10 };

  const refuses = (changed: Record<string, unknown>, pattern: RegExp): void =>
    assert.throws(
      () => parseConfig({ ...json, ...changed }, 'config.json'),
      (error) => error instanceof ModelError && pattern.test(error.message),
    );

  it('fills in defaults, and ignores what it does not know', () => {
    const config = parseConfig({ ...json, qf2, torch_dtype: 'float32' }, 'config.json');
    assert.equal(config.head_dim, 8);
    assert.equal(config.qf2.intermediate_size, tiny.ffn);
    assert.equal(config.qf2.stop, '\n');
    assert.deepEqual([config.qf2.expansion, config.qf2.ownExpansion], [{ units: 8192, active: 32 }, false]);
    assert.deepEqual(config.qf2.rule.margin, { replay_sweeps: 64, replay_share: 0.7, control_margin: 0.25 });
    assert.equal(config.qf2.rule.hebbian.rate, 0.02);
    assert.ok(!('torch_dtype' in config));
  });

  it('reads the rotary base of old and new files', () => {
    const parameters = { rope_parameters: { rope_theta: 1e6, rope_type: 'default' } };
    assert.equal(parseConfig(json, '').rope_theta, 10_000);
    assert.equal(parseConfig({ ...json, rope_theta: undefined, ...parameters }, '').rope_theta, 1e6);
  });

  it('reads rotary embeddings that are not scaled, however that is written', () => {
    for (const section of ['rope_parameters', 'rope_scaling']) {
      for (const rope of [{ rope_type: 'default' }, { type: 'default' }, null]) {
        assert.equal(parseConfig({ ...json, [section]: rope }, '').rope_theta, 10_000);
      }
      const based = { rope_type: 'default', rope_theta: 1e6 };
      assert.equal(parseConfig({ ...json, rope_theta: undefined, [section]: based }, '').rope_theta, 1e6);
    }
  });

  it('says that a plain Qwen2 model has no QF2 layer', () => {
    const plain = Object.fromEntries(Object.entries(json).filter(([name]) => name !== 'qf2'));
    assert.throws(() => parseConfig(plain, 'config.json'), /no QF2 layer/);
  });

  it('refuses shapes that cannot be', () => {
    refuses({ qf2: { ...qf2, layer: 3 } }, /qf2\.layer is 3, but the model has 3 layers/);
    refuses({ num_attention_heads: 3 }, /head size/);
    refuses({ num_key_value_heads: 3 }, /cannot share 3/);
    refuses({ hidden_size: undefined }, /hidden_size/);
    refuses({ qf2: { ...qf2, expansion: { units: 32, active: 32 } } }, /active must be less than units/);
    refuses({ qf2: { ...qf2, expansion: { units: 65_537 } } }, /units/);
  });

  it('refuses what the graph does not do', () => {
    for (const section of ['rope_parameters', 'rope_scaling']) {
      for (const name of ['rope_type', 'type']) {
        refuses(
          { [section]: { [name]: 'yarn', factor: 4 } },
          /rotary embedding type "yarn" is not supported/,
        );
      }
      refuses({ [section]: { rope_type: 'linear', type: 'default' } }, /"linear" is not supported/);
    }
    refuses({ rope_scaling: { factor: 4 } }, /does not name its type.*rope_scaling/s);
    refuses({ use_sliding_window: true }, /sliding-window/);
    refuses({ hidden_act: 'gelu' }, /hidden_act/);
    refuses({ qf2: { ...qf2, prompt: '{user}' } }, /\{system\} and \{user\}/);
  });
});
