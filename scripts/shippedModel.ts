/** Converts the shipped model, sidecar/models/nano, to ONNX in dist/models/nano when it is missing or stale. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { files } from '../sidecar/engine/layout';
import { main, mustRun, root, tsx } from './run';

const sidecar = path.join(root, 'sidecar');
const converter = path.join(sidecar, 'convert');
const source = path.join(root, 'sidecar', 'models', 'nano');
const target = path.join(root, 'dist', 'models', 'nano');
/** Beside the model rather than in it, since the folder is shipped. */
const stamp = `${target}.sha256`;

/** Every file below a folder, sorted. */
function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Sha256 over names and contents of all that the converted model depends on. */
function hashInputs(): string {
  const model = filesBelow(source).filter((file) => /\.(json|safetensors)$/.test(file));
  const code = ['convert', 'onnx', 'engine'].flatMap((folder) => filesBelow(path.join(sidecar, folder)));
  const hash = createHash('sha256');
  for (const file of [...model, ...code, path.join(sidecar, 'random.ts')]) {
    hash.update(`${path.relative(root, file)}\0`).update(fs.readFileSync(file));
  }
  return hash.digest('hex');
}

main(async () => {
  const inputs = hashInputs();
  const isThere = fs.existsSync(path.join(target, files.qf2)) && fs.existsSync(stamp);
  if (isThere && fs.readFileSync(stamp, 'utf8') === inputs) return;
  console.error('Converting the shipped model');
  fs.rmSync(target, { recursive: true, force: true });
  await mustRun(process.execPath, [...tsx, path.join(converter, 'main.ts'), source, target]);
  fs.writeFileSync(stamp, inputs);
});
