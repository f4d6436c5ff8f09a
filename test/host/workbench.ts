/** Opens VS Code's workbench in headless Chromium. */
import * as path from 'node:path';
import { chromium, type Browser, type LaunchOptions, type Page } from 'playwright-core';

/** Starts the browser. */
export async function launchBrowser(options: LaunchOptions): Promise<Browser> {
  return chromium.launch({
    ...options,
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-sync',
    ],
  });
}

/** Address of a workbench with a folder open. */
export function workbenchUrl(authority: string, folder: string): string {
  return `http://${authority}/?folder=${encodeURIComponent(path.resolve(folder))}`;
}

/** Extensions to run from their folders, and the module whose `run` tests them. */
export interface Development {
  extensions: string[];
  tests: string;
}

/**
 * Makes workbenches that this page loads run extensions under development. A built workbench has no
 * address parameter for that, so it is written into the configuration that the server's page carries.
 */
export async function useDevelopment(page: Page, authority: string, development: Development): Promise<void> {
  const uri = (file: string) => ({ $mid: 1, scheme: 'vscode-remote', authority, path: path.resolve(file) });
  const developmentOptions = {
    extensions: development.extensions.map(uri),
    extensionTestsPath: uri(development.tests),
  };
  // To Chromium a page whose body was replaced is no longer one of loopback.
  await page.context().grantPermissions(['local-network-access']);
  await page.route(
    (url) => url.host === authority && url.pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const html = await response.text();
      const body = html.replace(
        /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)/,
        (_, head: string, value: string) => {
          const settings = JSON.parse(value.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as object;
          return (
            head +
            JSON.stringify({ ...settings, developmentOptions })
              .replaceAll('&', '&amp;')
              .replaceAll('"', '&quot;')
          );
        },
      );
      if (body === html) throw new Error("The workbench's configuration was not found in the page");
      await route.fulfill({ response, body });
    },
  );
}
