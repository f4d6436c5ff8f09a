/**
 * Packages the extension: quickfire-<target>-<version>.vsix.
 * Usage: npm run package -- [<os>-<cpu>]; defaults to this machine's.
 */
import * as path from 'node:path';
import { version } from '../package.json';
import { main, root } from './run';
import { packageExtension, thisPlatform } from './vsix';

main(async () => {
  const target = process.argv[2] ?? thisPlatform;
  await packageExtension(target, path.join(root, `quickfire-${target}-${version}.vsix`));
});
