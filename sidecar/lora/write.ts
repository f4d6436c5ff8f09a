import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSafetensors } from '../convert/safetensorsWriter';
import type { Adapter } from './adapter';
import { adapterFiles } from './files';

/**
 * Writes an adapter as PEFT does (https://huggingface.co/docs/peft/developer_guides/checkpoint). The configuration is
 * written last, so that an interrupted export is not taken for an adapter.
 * @param model what the adapter is for, for whoever reads the file's metadata
 */
export async function writeAdapter(folder: string, adapter: Adapter, model: string): Promise<void> {
  const { module, rank, a, b, inputs, outputs } = adapter;
  await mkdir(folder, { recursive: true });
  await rm(join(folder, adapterFiles.config), { force: true });
  const name = (factor: 'A' | 'B'): string => `base_model.model.${module}.lora_${factor}.weight`;
  const tensors = {
    [name('A')]: { shape: [rank, inputs], data: a },
    [name('B')]: { shape: [outputs, rank], data: b },
  };
  await writeSafetensors(join(folder, adapterFiles.weights), tensors, { format: 'pt', base_model: model });
  const config = `${JSON.stringify(configOf(module, rank), undefined, 2)}\n`;
  await writeFile(join(folder, adapterFiles.config), config);
}

/** PEFT's LoraConfig. The scaling, lora_alpha / r, is 1. */
function configOf(module: string, rank: number): Record<string, unknown> {
  return {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: null,
    inference_mode: true,
    r: rank,
    lora_alpha: rank,
    lora_dropout: 0,
    use_rslora: false,
    bias: 'none',
    fan_in_fan_out: false,
    target_modules: [module],
  };
}
