/**
 * Packages the extension for one platform, with that platform's binaries only.
 * Usage: npm run package -- [<os>-<cpu>]; defaults to this machine's. Writes quickfire-<target>-<version>.vsix.
 */
import * as path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { main, mustRun, root } from './run';

const thisPlatform = `${process.platform}-${process.arch}`;

async function build(target: string, ...options: string[]): Promise<void> {
  await mustRun(process.execPath, [path.join(root, 'esbuild.js'), `--target=${target}`, ...options]);
}

main(async () => {
  const target = process.argv[2] ?? thisPlatform;
  await build(target, '--production');
  await createVSIX({ cwd: root, target, dependencies: false });
  // Leave dist/ as the other scripts expect it.
  await build(thisPlatform);
});
