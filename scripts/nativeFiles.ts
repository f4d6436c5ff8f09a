import * as fs from 'node:fs';
import * as path from 'node:path';
import { platforms, unsupported } from '../sidecar/engine/platforms';

/**
 * What Quickfire uses of ONNX Runtime's files, by operating system. Left out are the dylib's second name,
 * which is the same file again, and what serves execution providers that Quickfire does not ask for or that
 * are too large to ship: DirectML.dll, which is loaded on demand only, and the libraries for CUDA and
 * TensorRT, which the package's own install script may have downloaded.
 */
const used: Readonly<Record<string, readonly string[]>> = {
  linux: ['onnxruntime_binding.node', 'libonnxruntime.so.1'],
  darwin: ['onnxruntime_binding.node', 'libonnxruntime.1.dylib'],
  win32: ['onnxruntime_binding.node', 'onnxruntime.dll', 'dxcompiler.dll', 'dxil.dll'],
};

/**
 * Chooses ONNX Runtime's files for one platform.
 * @param target like `linux-x64`
 * @param listing what onnxruntime-node has, as paths with `/` below its folder
 * @returns those of `listing` to put beside the bundles, under the same paths
 * @throws Error where ONNX Runtime has none for the platform, or they are not complete
 */
export function nativeFiles(target: string, listing: readonly string[]): string[] {
  if (!platforms.includes(target)) throw new Error(unsupported(target));
  const [os = '', cpu = ''] = target.split('-');
  const files = (used[os] ?? []).map((name) => `bin/napi-v6/${os}/${cpu}/${name}`);
  const missing = files.filter((file) => !listing.includes(file));
  if (missing.length === 0) return files;
  throw new Error(
    `The installed onnxruntime-node has no ${missing.join(', no ')}. Install the packages again: npm ci`,
  );
}

/** Copies ONNX Runtime's files for one platform into `outdir`, to where the bundles load them from. */
export function copyNativeFiles(target: string, outdir: string): void {
  const from = path.dirname(require.resolve('onnxruntime-node/package.json'));
  const listing = fs
    .readdirSync(path.join(from, 'bin'), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join('bin', ...file.split(path.sep)));
  for (const file of nativeFiles(target, listing)) {
    fs.cpSync(path.join(from, file), path.join(outdir, file), { preserveTimestamps: true });
  }
}
