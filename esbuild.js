/**
 * Bundles the extension, the sidecar, the converter, the terminal client and the webview pages into dist/,
 * compiles the kernel, and puts ONNX Runtime's native files of one platform beside them; with --production the
 * licences of all that is bundled, too.
 * Usage: node esbuild.js [--watch] [--production] [--target=<os>-<cpu>] [--outdir=dist]
 */
const fs = require('node:fs');
const path = require('node:path');
const { parseArgs } = require('node:util');
const esbuild = require('esbuild');
const loadWabt = require('wabt');
require('tsx/cjs');
const { copyNativeFiles } = require('./scripts/nativeFiles.ts');

const { values: options } = parseArgs({
  options: {
    watch: { type: 'boolean', default: false },
    production: { type: 'boolean', default: false },
    target: { type: 'string', default: `${process.platform}-${process.arch}` },
    outdir: { type: 'string', default: 'dist' },
  },
});
const outdir = path.resolve(__dirname, options.outdir);

/**
 * onnxruntime-node requires its native binding by a template string, which esbuild would expand
 * to every platform's file. Makes it a plain run-time require, relative to the bundle.
 */
const onnxruntime = {
  name: 'onnxruntime',
  setup(build) {
    build.onLoad({ filter: /onnxruntime-node[\\/]dist[\\/]binding\.js$/ }, async ({ path: file }) => {
      const source = await fs.promises.readFile(file, 'utf8');
      const contents = source.replace(
        'require(`../bin/',
        'require("module").createRequire(__filename)(`./bin/',
      );
      if (contents === source) throw new Error(`${file}: the require of the native binding was not found`);
      return { contents, loader: 'js' };
    });
  },
};

const kernelSource = path.join(__dirname, 'sidecar', 'learning', 'rules', 'kernel', 'kernel.wat');

/** Compiles the kernel; also to kernel.wasm, for what runs from source. @returns the bytes */
async function compileKernel() {
  const wabt = await loadWabt();
  const parsed = wabt.parseWat(kernelSource, await fs.promises.readFile(kernelSource, 'utf8'), {
    simd: true,
  });
  const bytes = parsed.toBinary({}).buffer;
  parsed.destroy();
  await fs.promises.mkdir(outdir, { recursive: true });
  await fs.promises.writeFile(path.join(outdir, 'kernel.wasm'), bytes);
  return bytes;
}

/** Puts the compiled kernel in place of the module that reads it from the disk. */
const kernel = {
  name: 'kernel',
  setup(build) {
    build.onLoad({ filter: /[\\/]kernel[\\/]bytes\.ts$/ }, async () => ({
      contents: await compileKernel(),
      loader: 'binary',
      watchFiles: [kernelSource],
    }));
  },
};

const common = {
  absWorkingDir: __dirname,
  bundle: true,
  outdir,
  minify: options.production,
  sourcemap: !options.production,
  metafile: options.production,
  logLevel: options.watch ? 'info' : 'warning',
};

const builds = [
  {
    ...common,
    entryPoints: {
      extension: 'src/extension.ts',
      sidecar: 'sidecar/main.ts',
      convert: 'sidecar/convert/main.ts',
      cli: 'sidecar/cli/main.ts',
    },
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    keepNames: true,
    plugins: [onnxruntime, kernel],
  },
  {
    ...common,
    entryPoints: { panel: 'media/panel/panel.ts', details: 'media/details/details.ts' },
    platform: 'browser',
    target: 'es2023',
    format: 'iife',
  },
];

/** @param inputs the files that were bundled, as paths below the repository's root */
function writeNotices(inputs) {
  const { thirdPartyNotices } = require('./scripts/thirdPartyNotices.ts');
  const files = inputs.map((file) => path.join(__dirname, file));
  fs.writeFileSync(path.join(outdir, 'ThirdPartyNotices.txt'), thirdPartyNotices(files));
}

async function main() {
  copyNativeFiles(options.target, outdir);
  if (!options.watch) {
    const results = await Promise.all(builds.map((build) => esbuild.build(build)));
    if (options.production) writeNotices(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)));
    return;
  }
  const contexts = await Promise.all(builds.map((build) => esbuild.context(build)));
  await Promise.all(contexts.map((context) => context.watch()));
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
