import { basename } from 'node:path';
import * as z from 'zod';
import { readJson } from '../engine/config';
import { ModelError } from '../engine/errors';

/** The weights in one file. Where it is there it counts, as for transformers, whatever an index says. */
export const SINGLE = 'model.safetensors';

/** Says which shards hold the weights. */
export const INDEX = 'model.safetensors.index.json';

const Index = z.object({ weight_map: z.record(z.string(), z.string()) });

/**
 * Reads the names of the shards from an index.
 * @throws ModelError if it is missing or broken, or names files outside of its folder.
 */
export async function readShardNames(index: string): Promise<string[]> {
  const parsed = Index.safeParse(await readJson(index));
  if (!parsed.success) throw new ModelError(`${index}: ${z.prettifyError(parsed.error)}`);
  const names = [...new Set(Object.values(parsed.data.weight_map))];
  const stray = names.find((name) => basename(name) !== name);
  if (stray !== undefined) throw new ModelError(`${index}: "${stray}" is not a file of this directory.`);
  return names;
}
