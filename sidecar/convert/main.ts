/**
 * Command line of the converter: `npm run convert -- <hugging-face-dir> <out-dir>`.
 * As a child process with a channel it sends its parent the share that is done, 0 to 1, and ends with it.
 */
import { parseArgs } from 'node:util';
import { messageOf } from '../engine/errors';
import { convert } from './convert';

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [source, target] = positionals;
  if (source === undefined || target === undefined || positionals.length > 2) {
    throw new Error('Usage: npm run convert -- <hugging-face-dir> <out-dir>');
  }
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref();
  const { config, id, bytes } = await convert(source, target, (share) => process.send?.(share));
  const { num_hidden_layers: layers, qf2 } = config;
  const megabytes = (bytes / 1e6).toFixed(1);
  console.log(`${target}: model ${id}, QF2 layer ${qf2.layer} of ${layers}, ${megabytes} MB of weights`);
}

main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
