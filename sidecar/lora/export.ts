import { basename } from 'node:path';
import { ModelError, messageOf } from '../engine/errors';
import { Breath } from '../learning/breath';
import type { Learner } from '../learning/learner';
import type { LoraExport } from '../protocol';
import { adapterOf } from './adapter';
import { writeAdapter } from './write';

/** Largest `max_lora_rank` of vLLM (vllm/config/lora.py). */
const MOST_SERVED = 512;

/**
 * Exports what a learner holds to a folder, as a LoRA adapter for PEFT.
 * @param modelDir the model's directory, named in the adapter
 * @throws ModelError if it cannot be exported or written; the signal's reason if it aborts before anything is written
 */
export async function exportLora(
  learner: Learner,
  folder: string,
  modelDir: string,
  signal: AbortSignal,
): Promise<LoraExport> {
  const facts = learner.consolidation.traces.size;
  const adapter = await adapterOf(learner, new Breath(signal));
  signal.throwIfAborted();
  try {
    await writeAdapter(folder, adapter, `${basename(modelDir)} ${learner.model.id}`);
  } catch (error) {
    throw new ModelError(`The adapter cannot be written to ${folder}: ${messageOf(error)}`);
  }
  const { module, rank, positions } = adapter;
  return { folder, module, rank, positions, facts, ...noteOn(rank) };
}

function noteOn(rank: number): Pick<LoraExport, 'note'> {
  if (rank <= MOST_SERVED) return {};
  return { note: `vLLM serves ranks up to ${MOST_SERVED}. To serve this adapter, merge it into the model.` };
}
