import { messageOf } from './errors';

/** The platforms that ONNX Runtime has binaries for, named `<os>-<cpu>` as Node.js and VS Code do. */
export const platforms: readonly string[] = [
  'linux-x64',
  'linux-arm64',
  'darwin-arm64',
  'win32-x64',
  'win32-arm64',
];

/** The platform that this process runs on. */
export const thisPlatform = `${process.platform}-${process.arch}`;

/** What ONNX Runtime's binaries need that a machine may lack, by operating system. */
const needs: Readonly<Record<string, string>> = {
  linux: 'glibc 2.28 or newer, which Alpine Linux does not have',
  darwin: 'macOS 14 or newer',
  win32:
    'the Microsoft Visual C++ Redistributable (learn.microsoft.com/cpp/windows/latest-supported-vc-redist)',
};

/** Tells a user of a platform without ONNX Runtime where Quickfire can be used instead. */
export function unsupported(platform: string): string {
  return (
    `Quickfire cannot run its model on ${platform}: ONNX Runtime has no binaries for this platform. ` +
    `Supported platforms are ${platforms.join(', ')}. Open this folder on one of them with Remote - SSH ` +
    'or in a Dev Container.'
  );
}

/**
 * Tells a user why ONNX Runtime could not be loaded, and what to do.
 * @param error as thrown by `require`; its `code` tells whether the binary was not there or the system refused it
 */
export function loadProblem(platform: string, error: unknown): string {
  if (!platforms.includes(platform)) return unsupported(platform);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'MODULE_NOT_FOUND') {
    return (
      `This copy of Quickfire was packaged for another platform and has no ONNX Runtime for ${platform}. ` +
      `Install the file whose name begins with quickfire-${platform}.`
    );
  }
  const [os = ''] = platform.split('-');
  const [reason = ''] = messageOf(error).split('\n');
  return (
    `ONNX Runtime, which runs the model, cannot be loaded. On ${platform} it requires ${needs[os] ?? ''}. ` +
    `System error: ${reason}`
  );
}
