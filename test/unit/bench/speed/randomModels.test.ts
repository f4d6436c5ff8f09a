import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { withTemporary } from '../../../../scripts/temporary';
import { Checkpoint } from '../../../../sidecar/convert/checkpoint';
import { readSourceConfig } from '../../../../sidecar/convert/sourceConfig';
import { writeRandomCheckpoint } from '../../../bench/speed/randomCheckpoint';
import { writeRandomGguf } from '../../../bench/speed/randomGguf';
import { shapeOf } from '../../../bench/speed/shapes';

describe('random models', () => {
  it('have the shape of Qwen2.5-1.5B, with fewer layers where that is wanted', async () => {
    const { config } = await shapeOf('qwen2.5-1.5b', undefined, 1);
    assert.deepEqual([config.num_hidden_layers, config.head_dim, config.qf2.layer], [28, 128, 23]);
    const fewer = await shapeOf('qwen2.5-1.5b', 4, 1);
    assert.deepEqual([fewer.config.num_hidden_layers, fewer.config.qf2.layer], [4, 2]);
  });

  it('are checkpoints that the converter reads, and GGUF files of the same matrices in 4 bits', async () => {
    await withTemporary(async (folder) => {
      const shape = await shapeOf('nano', 2, 1000);
      await writeRandomCheckpoint(folder, shape);
      const { config } = await readSourceConfig(folder);
      assert.deepEqual([config.num_hidden_layers, config.max_position_embeddings], [2, 1000]);
      const checkpoint = await Checkpoint.open(folder);
      const { hidden_size: d, vocab_size: vocabulary, intermediate_size: ffn } = config;
      const matrix = await checkpoint.read('model.layers.1.mlp.down_proj.weight', [d, ffn]);
      assert.ok(Math.abs(spread(matrix) * Math.sqrt(ffn) - 1) < 0.02);
      assert.ok(!checkpoint.has('model.layers.0.mlp.gate_proj.weight'), 'the QF2 layer has no gate');
      await checkpoint.close();

      const file = join(folder, 'random.gguf');
      await writeRandomGguf(file, config);
      const kv = config.num_key_value_heads * config.head_dim;
      const numbers = vocabulary * d + 2 * (2 * d * d + 2 * kv * d + 3 * d * ffn);
      const { size } = await stat(file);
      assert.ok(size > (numbers * 18) / 32 && size < (numbers * 18) / 32 + 200_000);
    });
  });
});

/** Standard deviation. */
function spread(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
