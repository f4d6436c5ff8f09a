import { ModelError } from '../engine/errors';
import type { Breath } from '../learning/breath';
import type { Learner } from '../learning/learner';
import { factorsOf, type Factors, type Write } from './factors';

/** What a learner holds, as a LoRA adapter: B A is added to the weight of a linear module. */
export interface Adapter extends Factors {
  /** Path of the module in the model's Hugging Face class. */
  readonly module: string;
  /** Positions that were written. */
  readonly positions: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** Where sidecar/qft/qft/modeling_qf2.py reads the sparse code. */
const MEMORY = 'model.qf2.memory';

/**
 * What was learned as an adapter, exactly: the rule `margin` writes to the memory that reads the key's code, the rule
 * `hebbian` to the layer's own weight.
 * @throws ModelError if nothing was learned, or the Hugging Face model has no place for it; the breath's reason if it
 * is stopped
 */
export async function adapterOf({ consolidation, model }: Learner, breath: Breath): Promise<Adapter> {
  const { rule, traces, controls } = consolidation;
  const { hidden_size, qf2 } = model.config;
  const isInCode = rule.name === 'margin';
  if (isInCode && !qf2.ownExpansion) {
    throw new ModelError(
      'This model has no key expansion of its own ("expansion" in config.json). Quickfire created one during ' +
        'conversion, but the Hugging Face model does not have it. Teach the facts with the rule "hebbian", or use ' +
        'a model made by sidecar/qft.',
    );
  }
  const writes: Write[] = [];
  for (const { engram, writes: rows } of [...controls, ...traces.values()]) {
    rows.forEach((output, row) => {
      if (output) writes.push({ input: () => rule.probe(engram, row), output });
    });
  }
  if (writes.length === 0) {
    throw new ModelError('Nothing to export: no facts have been learned yet.');
  }
  const [inputs, outputs] = [isInCode ? qf2.expansion.units : hidden_size, qf2.intermediate_size];
  return {
    module: isInCode ? MEMORY : `model.layers.${qf2.layer}.mlp.up_proj`,
    positions: writes.length,
    inputs,
    outputs,
    ...(await factorsOf(writes, inputs, outputs, breath)),
  };
}
