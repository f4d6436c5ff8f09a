import type { Memory, Recording } from '../engine/types';
import { recordInstruct, type Recordable } from './record';
import type { TeachableModel } from './teachableModel';

/** The layer's firing at the first answer position of a fact's first question; one value a neuron, 0 to 1. */
export interface Firing {
  /** As the untaught model fires, ... */
  before: Float32Array;
  /** ... with what `memory` holds, ... */
  after: Float32Array;
  /** ... and with the statement in the prompt: y*. */
  target: Float32Array;
}

export async function firingOf(
  fact: Recordable,
  model: TeachableModel,
  memory: Memory,
  signal?: AbortSignal,
): Promise<Firing> {
  const { beta, intermediate_size: neurons } = model.config.qf2;
  const user = fact.questions[0] ?? '';
  const fire = ({ pre }: Recording): Float32Array =>
    pre.subarray(0, neurons).map((value) => 1 / (1 + Math.exp(-beta * value)));
  const ask = (held: Memory): Promise<Recording> =>
    model.record({ system: '', user }, fact.answer, held, signal);
  return {
    before: fire(await ask(model.base)),
    after: fire(await ask(memory)),
    target: fire(await recordInstruct(fact, user, model, signal)),
  };
}
