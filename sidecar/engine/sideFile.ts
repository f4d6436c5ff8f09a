import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { ModelConfig } from './config';
import { ModelError, messageOf } from './errors';
import { baseTensor, files } from './layout';
import { SafetensorsFile } from './safetensors';

const Metadata = z.object({ id: z.string().min(1), bytes: z.coerce.number().int().nonnegative() });

/** What the QF2 layer is before it learns, and which model this is. */
export interface SideFile {
  id: string;
  /** W0, [ffn, d]. */
  weight: Float32Array;
}

/**
 * Reads the side file of a converted model, and checks by it that the weights are all there.
 * @throws ModelError if a file is missing, truncated or does not fit `config.json`.
 */
export async function readSideFile(dir: string, config: ModelConfig): Promise<SideFile> {
  const { hidden_size: d, qf2 } = config;
  const file = await SafetensorsFile.open(join(dir, files.qf2));
  try {
    const metadata = Metadata.safeParse(file.metadata);
    if (!metadata.success) throw new ModelError(`${file.path} was not written by the converter.`);
    await checkSize(join(dir, files.weights), metadata.data.bytes);
    return {
      id: metadata.data.id,
      weight: await file.read(baseTensor, [qf2.intermediate_size, d]),
    };
  } finally {
    await file.close();
  }
}

async function checkSize(path: string, bytes: number): Promise<void> {
  let size: number;
  try {
    ({ size } = await stat(path));
  } catch (error) {
    throw new ModelError(`The model file ${path} cannot be read: ${messageOf(error)}`);
  }
  if (size !== bytes)
    throw new ModelError(`The model file ${path} is damaged: it has ${size} bytes instead of ${bytes}.`);
}
