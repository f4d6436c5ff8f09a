import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Format } from '../../../sidecar/convert/precision';

/** What converting a checkpoint took. */
export interface ConversionCost {
  readonly seconds: number;
  /** The most that the process had in memory, Node itself included. */
  readonly mostResidentMb: number;
}

/**
 * Converts a checkpoint in a process of its own.
 * @throws Error if that fails; the process has said why on standard error
 */
export async function measureConversion(
  source: string,
  target: string,
  format: Format,
): Promise<ConversionCost> {
  const child = fork(join(__dirname, 'conversionWorker.ts'), [source, target, JSON.stringify(format)], {
    execArgv: ['--import', 'tsx'],
  });
  let cost: ConversionCost | undefined;
  child.once('message', (message) => (cost = message as ConversionCost));
  await once(child, 'exit');
  if (!cost) throw new Error(`${source} could not be converted.`);
  return cost;
}
