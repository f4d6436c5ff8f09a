import { platforms, thisPlatform } from '../sidecar/engine/platforms';

/**
 * Reads which platforms to package for.
 * @param args platforms like `linux-x64`, or `all`; none means this machine's
 * @throws Error that names a platform that cannot be packaged for, and those that can
 */
export function targetsOf(args: readonly string[]): string[] {
  if (args.includes('all')) return [...platforms];
  const targets = args.length === 0 ? [thisPlatform] : [...new Set(args)];
  const unknown = targets.find((target) => !platforms.includes(target));
  if (unknown === undefined) return targets;
  throw new Error(
    `No VSIX can be made for ${unknown}: ONNX Runtime, which computes the model, has no binaries for it. ` +
      `Targets are ${platforms.join(', ')}, and all.`,
  );
}
