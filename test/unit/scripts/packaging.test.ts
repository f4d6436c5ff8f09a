import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyNativeFiles, nativeFiles } from '../../../scripts/nativeFiles';
import { root } from '../../../scripts/run';
import { targetsOf } from '../../../scripts/targets';
import { thirdPartyNotices } from '../../../scripts/thirdPartyNotices';
import { checkSize, megabytes } from '../../../scripts/vsixSize';
import { dependencies } from '../../../package.json';
import { platforms, thisPlatform } from '../../../sidecar/engine/platforms';

const ort = path.dirname(require.resolve('onnxruntime-node/package.json'));
const natives = path.join(ort, 'bin', 'napi-v6');

/** What onnxruntime-node may hold: its own files for two platforms, and what its install script downloads. */
const listing = [
  ...[
    'linux/x64/onnxruntime_binding.node',
    'linux/x64/libonnxruntime.so.1',
    'linux/x64/libonnxruntime_providers_cuda.so',
    'linux/x64/libonnxruntime_providers_shared.so',
    'linux/x64/libonnxruntime_providers_tensorrt.so',
    'darwin/arm64/onnxruntime_binding.node',
    'darwin/arm64/libonnxruntime.1.dylib',
    'darwin/arm64/libonnxruntime.1.30.0.dylib',
    'win32/x64/onnxruntime_binding.node',
    'win32/x64/onnxruntime.dll',
    'win32/x64/dxcompiler.dll',
    'win32/x64/dxil.dll',
    'win32/x64/DirectML.dll',
  ].map((file) => `bin/napi-v6/${file}`),
  'dist/index.js',
];

const below = (folder: string, names: string[]): string[] =>
  names.map((name) => `bin/napi-v6/${folder}/${name}`);

describe('native files of a VSIX', () => {
  it("are one platform's, once each, without the providers that are not shipped", () => {
    const chosen = (target: string): string[] => nativeFiles(target, listing).sort();
    assert.deepEqual(
      chosen('linux-x64'),
      below('linux/x64', ['libonnxruntime.so.1', 'onnxruntime_binding.node']),
    );
    assert.deepEqual(
      chosen('darwin-arm64'),
      below('darwin/arm64', ['libonnxruntime.1.dylib', 'onnxruntime_binding.node']),
    );
    assert.deepEqual(
      chosen('win32-x64'),
      below('win32/x64', ['dxcompiler.dll', 'dxil.dll', 'onnxruntime.dll', 'onnxruntime_binding.node']),
    );
  });

  it('are refused where one of them is missing, by its name', () => {
    const lacking = listing.filter((file) => !file.endsWith('libonnxruntime.so.1'));
    assert.throws(() => nativeFiles('linux-x64', lacking), /linux\/x64\/libonnxruntime\.so\.1.*npm ci/);
    assert.throws(() => nativeFiles('win32-arm64', listing), /win32\/arm64\/onnxruntime\.dll/);
  });

  it('are refused for a platform that ONNX Runtime does not have', () => {
    const intel = below('darwin/x64', ['onnxruntime_binding.node', 'libonnxruntime.1.dylib']);
    assert.throws(() => nativeFiles('darwin-x64', intel), /darwin-x64.*linux-x64.*Dev Container/);
  });

  it('are there for exactly the platforms of the installed package', () => {
    const installed = readdirSync(natives).flatMap((os) =>
      readdirSync(path.join(natives, os)).map((cpu) => `${os}-${cpu}`),
    );
    assert.deepEqual(installed.sort(), [...platforms].sort());
  });

  it('are copied to where the bundles look for them', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'quickfire-'));
    try {
      copyNativeFiles('linux-arm64', folder);
      const copied = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
        /\.\w+$/.test(file),
      );
      assert.deepEqual(copied.map((file) => path.basename(file)).sort(), [
        'libonnxruntime.so.1',
        'onnxruntime_binding.node',
      ]);
      assert.ok(
        existsSync(path.join(folder, 'bin', 'napi-v6', 'linux', 'arm64', 'onnxruntime_binding.node')),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('targets of npm run package', () => {
  it("are this machine's, those named, or all", () => {
    if (platforms.includes(thisPlatform)) assert.deepEqual(targetsOf([]), [thisPlatform]);
    assert.deepEqual(targetsOf(['win32-x64', 'linux-arm64', 'win32-x64']), ['win32-x64', 'linux-arm64']);
    assert.deepEqual(targetsOf(['all']), [
      'linux-x64',
      'linux-arm64',
      'darwin-arm64',
      'win32-x64',
      'win32-arm64',
    ]);
  });

  it('are refused by name where ONNX Runtime has no binaries, with those there are', () => {
    for (const target of ['darwin-x64', 'alpine-x64', 'linux-armhf', 'web', 'nonsense']) {
      assert.throws(
        () => targetsOf(['linux-x64', target]),
        ({ message }: Error) =>
          message.includes(`for ${target}:`) && platforms.every((platform) => message.includes(platform)),
      );
    }
  });
});

describe('size of a VSIX', () => {
  it('is refused above 80 MB, with both figures', () => {
    checkSize('a.vsix', 80_000_000);
    assert.throws(() => checkSize('a.vsix', 80_000_001), /a\.vsix has 80\.1 MB; no more than 80\.0 MB/);
  });

  it('is told in megabytes of a million bytes', () => {
    assert.equal(megabytes(45_242_619), '45.3 MB');
  });
});

describe('third-party notices', () => {
  it('are the licences of the packages that the files come from, once each', () => {
    const files = ['zod/index.js', 'zod/v4/index.js', '@huggingface/tokenizers/dist/tokenizers.js'];
    const notices = thirdPartyNotices([
      path.join(root, 'src', 'extension.ts'),
      ...files.map((file) => path.join(root, 'node_modules', file)),
    ]);
    assert.deepEqual(notices.match(/^\S+ \d+\.\d+\.\d+(?= \(|,)/gm), [
      `@huggingface/tokenizers ${dependencies['@huggingface/tokenizers']}`,
      `zod ${dependencies.zod}`,
    ]);
    assert.match(notices, /Apache License/);
    assert.match(notices, /Permission is hereby granted/);
  });

  it('have our own copy of the licence of a package that brings none', () => {
    const notices = thirdPartyNotices([path.join(ort, 'dist', 'index.js')]);
    assert.match(notices, /onnxruntime-node \S+ \(\S+\/Microsoft\/onnxruntime\.git\), licence MIT/);
    assert.match(
      notices,
      /Copyright \(c\) 2018 - present Microsoft Corporation[^]*Permission is hereby granted/,
    );
  });
});
