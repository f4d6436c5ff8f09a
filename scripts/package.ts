/**
 * Packages the extension: quickfire-<target>-<version>.vsix for each target.
 * Usage: npm run package -- [<os>-<cpu> ... | all]; defaults to this machine's platform.
 */
import * as path from 'node:path';
import { version } from '../package.json';
import { main, root } from './run';
import { targetsOf } from './targets';
import { packageExtension } from './vsix';
import { megabytes } from './vsixSize';

main(async () => {
  const made: string[] = [];
  for (const target of targetsOf(process.argv.slice(2))) {
    const name = `quickfire-${target}-${version}.vsix`;
    const size = await packageExtension(target, path.join(root, name));
    made.push(`${name}: ${megabytes(size)}`);
  }
  console.log(made.join('\n'));
});
