/** A child process that converts, so that its memory is its own. Its arguments: source, target, format as JSON. */
import { convert } from '../../../sidecar/convert/convert';
import type { Format } from '../../../sidecar/convert/precision';
import { timed } from '../timing';
import type { ConversionCost } from './conversion';
import { residentMemory } from './residentMemory';

async function main(): Promise<void> {
  const [source = '', target = '', format = ''] = process.argv.slice(2);
  const ms = await timed(() => convert(source, target, JSON.parse(format) as Format));
  const cost: ConversionCost = {
    seconds: ms / 1000,
    mostResidentMb: residentMemory().most / 1e6,
  };
  process.send?.(cost);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
