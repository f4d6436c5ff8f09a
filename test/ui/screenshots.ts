import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { root } from '../../scripts/run';

/** The README's pictures are replaced only on request; other runs look at theirs in a temporary folder of the user. */
const folder =
  process.env.UPDATE_SCREENSHOTS === '1'
    ? path.join(root, 'media', 'screenshots')
    : path.join(os.tmpdir(), `quickfire-screenshots-${os.userInfo().username}`);

/** Themes that the workbench follows the browser to. */
export const themes = ['dark', 'light'] as const;

/** Writes a picture of the page, or of one element. @returns its path */
export async function screenshot(name: string, of: Page | Locator): Promise<string> {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.png`);
  await of.screenshot({ path: file, animations: 'disabled' });
  return file;
}

/** Switches the workbench to a theme, and waits until it is drawn. */
export async function useTheme(page: Page, theme: (typeof themes)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.locator(theme === 'dark' ? '.monaco-workbench.vs-dark' : '.monaco-workbench.vs').waitFor();
}

/** How many colours a canvas of a page has, once what is drawn at the next frame is drawn. */
export async function colours(page: FrameLocator, selector: string): Promise<number> {
  const read = `new Promise(requestAnimationFrame).then(() => {
    const canvas = document.querySelector(${JSON.stringify(selector)});
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  })`;
  return Number(await page.locator('body').evaluate(read));
}
