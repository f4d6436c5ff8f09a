import * as fs from 'node:fs';
import * as path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { mustRun, root } from './run';
import { withTemporary } from './temporary';
import { checkSize } from './vsixSize';

/** What the extension has besides its bundles; .vscodeignore chooses among it. */
const shipped = [
  'package.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'media',
  'dist/models',
  '.vscodeignore',
];

/**
 * Packages the extension for one platform, with that platform's binaries only. It is put together in a
 * folder of its own, so that dist/ stays as it is and vsce need not search the whole checkout.
 * @param target like `linux-x64`
 * @param packagePath the file to write
 * @returns its size in bytes
 * @throws Error where ONNX Runtime has no binaries for the platform, or the file is too large to ship
 */
export async function packageExtension(target: string, packagePath: string): Promise<number> {
  fs.mkdirSync(path.dirname(packagePath), { recursive: true });
  await withTemporary(async (cwd) => {
    const bundle = [path.join(root, 'esbuild.js'), '--production', `--target=${target}`];
    await mustRun(process.execPath, [...bundle, `--outdir=${path.join(cwd, 'dist')}`]);
    for (const name of shipped) fs.cpSync(path.join(root, name), path.join(cwd, name), { recursive: true });
    await createVSIX({ cwd, target, packagePath, dependencies: false });
  });
  const { size } = fs.statSync(packagePath);
  checkSize(path.basename(packagePath), size);
  return size;
}
