/**
 * Stands in for VS Code's executable where the desktop build cannot be had: takes the arguments with
 * which @vscode/test-electron starts extension tests, runs them in code-server's extension host with
 * headless Chromium as the workbench, and ends with the tests' exit code.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { main } from '../../scripts/run';
import { startCodeServer, type CodeServer } from './codeServer';
import { installChromium, installCodeServer } from './install';
import { launchBrowser, useDevelopment, workbenchUrl, type Development } from './workbench';

/** Exit codes of the rig itself, apart from those of tests. */
const exitCodes = { timeout: 98, crash: 99 };
const timeoutMs = Number(process.env.QUICKFIRE_HOST_TIMEOUT_MS ?? 600_000);

/** What the workbench itself says to its console at any start, and tests have no use for. */
const noise = [
  /^\[(AgentHost|ChatModelSelection|AccountPolicyGate|remote-connection|reconnection-grace-time|Service Worker)/,
  /^(Creating a socket|Resolv(ing|ed) connection token|Updating additional builtin|Ignoring fetching additional)/,
  /^Request to .* failed with status code 404$/,
  /^(Creation of workbench contribution|Extension host \(Remote\) is (un)?responsive)/,
  /Cannot add '.*' because this extension is not a web extension/,
  /\/workbench\/workbench\.js:/,
];

interface Arguments extends Development {
  folder: string;
  home: string;
}

/** Reads the part of VS Code's command line that test runs use. */
function readArguments(argv: string[]): Arguments {
  const values = (name: string): string[] =>
    argv
      .filter((argument) => argument.startsWith(`--${name}=`))
      .map((argument) => argument.slice(name.length + 3));
  const folder = argv.find((argument) => !argument.startsWith('--'));
  const [tests] = values('extensionTestsPath');
  if (!folder || !tests) throw new Error('A folder and --extensionTestsPath are needed');
  const [home] = values('user-data-dir');
  return {
    folder,
    tests,
    extensions: values('extensionDevelopmentPath'),
    home: home ?? fs.mkdtempSync(path.join(os.tmpdir(), 'quickfire-host-')),
  };
}

/** Settles with the exit code that the workbench reports when the tests have ended. */
async function testsEnd(page: Page): Promise<number> {
  return new Promise((resolve) => {
    const expose = async (): Promise<void> => {
      await page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
      await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
        const line = format(...args);
        if (!noise.some((pattern) => pattern.test(line)))
          (type === 'error' ? process.stderr : process.stdout).write(`${line}\n`);
      });
    };
    void expose();
    page.on('crash', () => resolve(exitCodes.crash));
    setTimeout(() => {
      console.error(`The tests did not end within ${timeoutMs / 1000} s`);
      resolve(exitCodes.timeout);
    }, timeoutMs).unref();
  });
}

main(async () => {
  const { folder, home, ...development } = readArguments(process.argv.slice(2));
  const installation = await installCodeServer();
  const browser = await launchBrowser(await installChromium());
  let server: CodeServer | undefined;
  try {
    server = await startCodeServer(installation, { home });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(120_000);
    const end = testsEnd(page);
    await useDevelopment(page, server.authority, development);
    await page.goto(workbenchUrl(server.authority, folder));
    process.exitCode = await end;
  } finally {
    await browser.close();
    await server?.stop();
  }
});
