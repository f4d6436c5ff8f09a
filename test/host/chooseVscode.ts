import * as path from 'node:path';
import { download, SilentReporter } from '@vscode/test-electron';
import { root } from '../../scripts/run';
import { onPath } from './install';

/** Path of the stand-in for VS Code's executable. */
export const standIn = path.join(__dirname, 'code');
/** How long the download may stand still before it counts as impossible. */
const idleMs = 10_000;

/**
 * Finds the VS Code that tests run in: the desktop build where it can be downloaded (or was before)
 * and shown on a screen, otherwise the stand-in on code-server. Says which, and why.
 * @returns path of the executable
 */
export async function chooseVscode(): Promise<string> {
  const cachePath = path.join(root, '.cache', 'vscode');
  let desktop: string;
  try {
    desktop = await download({ cachePath, timeout: idleMs, reporter: new SilentReporter() });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return useStandIn(`desktop VS Code cannot be downloaded: ${reason}`);
  }
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) {
    console.log(`VS Code: desktop, ${desktop}`);
    return desktop;
  }
  if (!onPath('xvfb-run')) return useStandIn('there is no screen, and no xvfb-run to make one');
  process.env.QUICKFIRE_DESKTOP = desktop;
  console.log(`VS Code: desktop in Xvfb, ${desktop}`);
  return path.join(__dirname, 'xvfb-code');
}

function useStandIn(reason: string): string {
  console.log(`VS Code: code-server (${reason})`);
  return standIn;
}
