/**
 * Does the eight steps with the shipped model, then opens the extension in VS Code.
 * Usage: npm start [-- --no-editor] [-- --port=8080]
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { thisPlatform } from '../sidecar/engine/platforms';
import { installExtension, startCodeServer } from '../test/host/codeServer';
import { installCodeServer, onPath } from '../test/host/install';
import { workbenchUrl } from '../test/host/workbench';
import { main, mustRun, root, run } from './run';
import { packageExtension } from './vsix';

/** A folder to teach from; it stays, and with it the facts learned there. */
function demoFolder(): string {
  const folder = path.join(root, '.cache', 'demo', 'workspace');
  if (!fs.existsSync(folder)) {
    fs.cpSync(path.join(root, 'test', 'fixtures', 'workspace'), folder, { recursive: true });
  }
  return folder;
}

/** Serves VS Code with the packaged extension on loopback, until a signal ends it. */
async function serve(port: number): Promise<void> {
  const installation = await installCodeServer();
  const home = path.join(root, '.cache', 'demo', 'vscode');
  const vsix = path.join(root, '.cache', 'demo', 'quickfire.vsix');
  await packageExtension(thisPlatform, vsix);
  await installExtension(installation, { home }, vsix);
  const server = await startCodeServer(installation, { home, port });
  console.log(`\nVS Code with Quickfire: ${workbenchUrl(server.authority, demoFolder())}`);
  console.log('Open notes.md, select a line, and run "Quickfire: Teach Selection". Ctrl+C ends it.');
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await server.stop();
}

main(async () => {
  const { values } = parseArgs({
    options: { 'no-editor': { type: 'boolean', default: false }, port: { type: 'string', default: '0' } },
  });
  process.exitCode = await run(process.execPath, [path.join(root, 'dist', 'cli.js'), 'eight-steps']);
  if (process.exitCode !== 0 || values['no-editor']) return;
  // In a remote window's terminal it only opens folders, and starts no extension under development.
  const windows = process.platform === 'win32';
  const code = process.env.VSCODE_IPC_HOOK_CLI ? undefined : onPath(windows ? 'code.cmd' : 'code');
  const args = [`--extensionDevelopmentPath=${root}`, demoFolder()];
  // There it is a batch file, which only a shell runs.
  const quoted = (text: string): string => `"${text}"`;
  if (code && windows) await mustRun(quoted(code), args.map(quoted), { shell: true });
  else if (code) await mustRun(code, args);
  else await serve(Number(values.port));
});
