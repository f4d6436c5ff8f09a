/** Command line of the converter: `npm run convert -- <hugging-face-dir> <out-dir>`. */
import { parseArgs } from 'node:util';
import { messageOf } from '../engine/errors';
import { convert } from './convert';

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [source, target] = positionals;
  if (source === undefined || target === undefined || positionals.length > 2) {
    throw new Error('Usage: npm run convert -- <hugging-face-dir> <out-dir>');
  }
  const { config, id, bytes } = await convert(source, target);
  const { num_hidden_layers: layers, qf2 } = config;
  const megabytes = (bytes / 1e6).toFixed(1);
  console.log(`${target}: model ${id}, QF2 layer ${qf2.layer} of ${layers}, ${megabytes} MB of weights`);
}

main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
