import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readJson } from './config';
import { ModelError } from './errors';
import { files } from './layout';
import type { Control } from './types';

const Controls = z.array(z.object({ question: z.string().min(1), answer: z.string().min(1) }));

/**
 * Reads the control questions of a model directory; none where it has no such file.
 * @throws ModelError if the file is damaged.
 */
export async function readControls(dir: string): Promise<Control[]> {
  const file = join(dir, files.controls);
  if (!existsSync(file)) return [];
  const parsed = Controls.safeParse(await readJson(file));
  if (!parsed.success) throw new ModelError(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
