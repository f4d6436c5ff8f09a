/**
 * Command line of the converter, see options.ts. As a child process with a channel it sends its parent the share
 * that is done, 0 to 1, and ends with it; what it has written is then deleted.
 */
import { rmSync } from 'node:fs';
import { messageOf } from '../engine/errors';
import { convert } from './convert';
import { readOptions } from './options';

async function main(): Promise<void> {
  const { source, target, given } = readOptions(process.argv.slice(2));
  process.once('disconnect', () => {
    rmSync(target, { recursive: true, force: true });
    process.exit(1);
  });
  process.channel?.unref();
  // A parent that is gone no longer hears it, which is no error.
  const onProgress = (share: number): void =>
    void process.send?.(share, undefined, undefined, () => undefined);
  const { config, id, bytes, precision } = await convert(source, target, { ...given, onProgress });
  const { num_hidden_layers: layers, qf2 } = config;
  const megabytes = (bytes / 1e6).toFixed(1);
  console.log(
    `${target}: model ${id}, QF2 layer ${qf2.layer} of ${layers}, ${precision}, ${megabytes} MB of weights`,
  );
}

main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
