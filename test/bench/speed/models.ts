import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withTemporary } from '../../../scripts/temporary';
import { DEFAULT_BLOCK } from '../../../sidecar/convert/blocks';
import type { Format, Precision } from '../../../sidecar/convert/precision';
import { progress } from '../progress';
import { compare, type Contender } from './compare';
import { measureConversion, type ConversionCost } from './conversion';
import { learningCost } from './learning';
import { hasLlama } from './llamaEngine';
import type { SpeedOptions } from './options';
import { writeRandomCheckpoint } from './randomCheckpoint';
import { writeRandomGguf } from './randomGguf';
import type { ModelResult } from './results';
import { shapeOf, type Shape, type ShapeName } from './shapes';
import { llamaBytes, quickfireBytes } from './tokenBytes';

/** How each shape is converted: as it ships, and in fp32, which is exact. */
const PRECISIONS: Readonly<Record<ShapeName, readonly Precision[]>> = {
  'qwen2.5-1.5b': ['int4'],
  nano: ['int8', 'fp32'],
};

/** Writes, converts and measures a model with random weights in a folder that is removed afterwards. */
export async function measureShape(name: ShapeName, options: SpeedOptions): Promise<ModelResult[]> {
  const shape = await shapeOf(name, options.layers, Math.max(...options.contexts) + options.decoded);
  return await withTemporary(async (folder) => {
    const source = join(folder, 'source');
    await writeRandomCheckpoint(source, shape);
    progress(`${name}: wrote a random checkpoint`);
    const llama = options.parts.includes('compare') ? await llamaContender(folder, shape, options) : [];
    const results: ModelResult[] = [];
    for (const format of formatsOf(name, options)) {
      const target = join(folder, 'converted');
      const conversion = await measureConversion(source, target, format);
      progress(`${name}: converted to ${format.precision}, blocks of ${format.block}`);
      results.push(await measure(target, shape, format, conversion, llama, options));
      await rm(target, { recursive: true });
    }
    return results;
  });
}

/** Blocks matter to int4 alone. */
function formatsOf(name: ShapeName, { blocks }: SpeedOptions): Format[] {
  return PRECISIONS[name].flatMap((precision) =>
    (precision === 'int4' ? blocks : [DEFAULT_BLOCK]).map((block): Format => ({ precision, block })),
  );
}

async function measure(
  model: string,
  { name: shape, config }: Shape,
  format: Format,
  conversion: ConversionCost,
  llama: readonly Contender[],
  options: SpeedOptions,
): Promise<ModelResult> {
  const own: Contender = {
    engine: 'quickfire',
    model,
    bytes: (context) => quickfireBytes(model, config, format.precision, context),
  };
  const measured = options.parts.includes('compare') ? await compare([own, ...llama], options) : [];
  const result = { shape, layers: config.num_hidden_layers, format, conversion, measured };
  if (!options.parts.includes('learning')) return result;
  return { ...result, learning: await learningCost(model, options.facts, options.repeats) };
}

/** llama.cpp with a model of the same shape; none where it is not installed. */
async function llamaContender(
  folder: string,
  { config }: Shape,
  options: SpeedOptions,
): Promise<Contender[]> {
  if (!hasLlama(options.llama)) return [];
  const model = join(folder, 'random.gguf');
  await writeRandomGguf(model, config);
  return [{ engine: 'llama.cpp', model, bytes: (context) => llamaBytes(model, config, context) }];
}
