import type { ModelConfig } from '../engine/config';
import { ModelError } from '../engine/errors';
import { randomOf } from '../random';
import type { Checkpoint } from './checkpoint';

/** The projection z = E x + e before a key's sparse code. */
export interface Expansion {
  /** E, [units, d] row-major. */
  weight: Float32Array;
  /** e, [units]. */
  bias: Float32Array;
}

const WEIGHT = 'qf2.expansion.weight';
const BIAS = 'qf2.expansion.bias';
/** What was learned, where an adapter was merged into the checkpoint. */
const MERGED = 'model.qf2.memory.weight';

/**
 * The checkpoint's own expansion; where it has none, seeded standard normal numbers.
 * @throws ModelError if only one of the two tensors is there, one is misshaped, or facts were merged into the model.
 */
export async function readExpansion(config: ModelConfig, checkpoint: Checkpoint): Promise<Expansion> {
  const { units } = config.qf2.expansion;
  const d = config.hidden_size;
  if (checkpoint.has(MERGED)) {
    throw new ModelError(
      'This model was saved by transformers for serving and has a memory of its own. Convert the directory it ' +
        'was made from instead; Quickfire re-learns the facts.',
    );
  }
  if (checkpoint.has(WEIGHT) || checkpoint.has(BIAS)) {
    return {
      weight: await checkpoint.read(WEIGHT, [units, d]),
      bias: await checkpoint.read(BIAS, [units]),
    };
  }
  return { weight: normals(units * d), bias: new Float32Array(units) };
}

/** Standard normal numbers (Box-Muller), the same ones every time. */
function normals(count: number): Float32Array {
  const random = randomOf(1);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Float32Array.from({ length: count }, normal);
}
