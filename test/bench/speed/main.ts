/**
 * How fast and how large it is: npm run bench:speed -- [options]; see options.ts and docs/performance.md.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { main, root } from '../../../scripts/run';
import { progress } from '../progress';
import { writeTo } from '../writeTo';
import { measureAccuracy } from './accuracy';
import { readBandwidth } from './bandwidth';
import { hasLlama, LLAMA_VERSION } from './llamaEngine';
import { measureShape } from './models';
import { readSpeedOptions, type SpeedOptions } from './options';
import { markdownOf } from './report';
import type { Machine, SpeedResults } from './results';
import { measureShipped } from './shipped';

const INSTALL =
  `npm install --prefix out/llama --no-save --ignore-scripts --omit=optional ` +
  `node-llama-cpp@${LLAMA_VERSION} @node-llama-cpp/linux-x64@${LLAMA_VERSION}`;

async function machineOf({ llama }: SpeedOptions): Promise<Machine> {
  const packageJson = await readFile(join(root, 'node_modules', 'onnxruntime-node', 'package.json'), 'utf8');
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    node: process.version,
    onnxRuntime: (JSON.parse(packageJson) as { version: string }).version,
    nodeLlamaCpp: hasLlama(llama) ? LLAMA_VERSION : undefined,
  };
}

main(async () => {
  const options = readSpeedOptions(process.argv.slice(2));
  const { parts, json, markdown } = options;
  const results: SpeedResults = { machine: await machineOf(options), bandwidth: [], models: [] };
  const save = async (): Promise<void> => {
    if (json !== undefined) await writeTo(json, `${JSON.stringify(results, undefined, 2)}\n`);
    if (markdown !== undefined) await writeTo(markdown, markdownOf(results));
  };
  if (parts.includes('compare')) {
    if (!results.machine.nodeLlamaCpp) {
      progress(`node-llama-cpp is not installed, so Quickfire is measured alone. To compare:\n${INSTALL}`);
    }
    for (const processes of options.threads) {
      results.bandwidth.push({ processes, bytesPerSecond: await readBandwidth(processes) });
    }
    progress('measured the memory');
  }
  if (parts.includes('compare') || parts.includes('learning')) {
    for (const shape of options.shapes) {
      results.models.push(...(await measureShape(shape, options)));
      await save();
    }
  }
  if (parts.includes('shipped')) {
    results.shipped = await measureShipped(options.model, options.starts, options.seed);
    await save();
  }
  if (parts.includes('accuracy')) {
    results.accuracy = await measureAccuracy();
    await save();
  }
  process.stdout.write(markdownOf(results));
});
