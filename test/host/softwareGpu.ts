import { existsSync, realpathSync } from 'node:fs';
import * as path from 'node:path';

/** Where packages of Chromium put its libraries, beside the folder of what is started. */
const FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

/**
 * The variables under which a process finds the software GPU that Chromium has along, SwiftShader, over Vulkan.
 * @param chromium the file that is started
 * @returns undefined where it has none
 */
export function softwareGpu(chromium: string): NodeJS.ProcessEnv | undefined {
  const folder = [path.dirname(realpathSync(chromium)), ...FOLDERS].find((candidate) =>
    ['vk_swiftshader_icd.json', 'libvulkan.so.1'].every((name) => existsSync(path.join(candidate, name))),
  );
  if (folder === undefined) return undefined;
  return { LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: path.join(folder, 'vk_swiftshader_icd.json') };
}
