import { statSync } from 'node:fs';
import { join } from 'node:path';
import { convert } from '../../../sidecar/convert/convert';
import { files } from '../../../sidecar/engine/layout';

const models = (...path: string[]): string => join(__dirname, '..', '..', '..', ...path, 'models', 'nano');

/** The shipped model as it was trained. */
export const shippedSource = models('sidecar');

/** The shipped model's converted directory; converted if that has not been done, or not since it changed. */
export async function shippedModel(): Promise<string> {
  const target = models('dist');
  if (modified(target, files.qf2) < modified(shippedSource, 'model.safetensors'))
    await convert(shippedSource, target);
  return target;
}

function modified(...path: string[]): number {
  return statSync(join(...path), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}
