/** Starts and stops code-server: VS Code with a real extension host, served to a browser on loopback. */
import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { mustRun } from '../../scripts/run';
import type { Installation } from './install';

/** How long code-server may take to listen. */
const LONGEST_START_MS = 120_000;

/** Settings that keep a fresh profile still: no welcome page, no updates, no suggestions, nothing saved by itself. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

export interface ServerOptions {
  /** Folder for everything that the server writes: profile, extensions, log. */
  home: string;
  /** Overrides of {@link quietSettings}; written to the profile unless it has settings already. */
  settings?: Record<string, unknown>;
  /** Defaults to a free one. */
  port?: number;
  /** Added to the environment of the server, and so of the extension host. */
  env?: NodeJS.ProcessEnv;
  /** Defaults to true: the workspace counts as trusted, and is not asked about. */
  trusted?: boolean;
}

export interface CodeServer {
  /** Host and port, as in `127.0.0.1:8080`. */
  authority: string;
  /** Ends the server and all that it started. */
  stop(): Promise<void>;
}

/** Command line and environment of code-server with all its state under `home`. */
function launch(
  { node, entry }: Installation,
  options: ServerOptions,
  args: string[],
): [string, string[], NodeJS.ProcessEnv] {
  const at = (name: string): string => path.join(options.home, name);
  fs.mkdirSync(at('data/User'), { recursive: true });
  fs.writeFileSync(at('config.yaml'), '');
  const settings = at('data/User/settings.json');
  if (!fs.existsSync(settings)) {
    fs.writeFileSync(settings, JSON.stringify({ ...quietSettings, ...options.settings }));
  }
  const folders = [
    '--user-data-dir',
    at('data'),
    '--extensions-dir',
    at('extensions'),
    '--config',
    at('config.yaml'),
  ];
  const env = {
    ...process.env,
    ...options.env,
    XDG_CONFIG_HOME: at('xdg-config'),
    XDG_DATA_HOME: at('xdg-data'),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
  return [node, [entry, ...folders, ...args], env];
}

/** Installs a packaged extension into the profile under `home`. */
export async function installExtension(
  installation: Installation,
  options: ServerOptions,
  vsix: string,
): Promise<void> {
  const [command, args, env] = launch(installation, options, ['--install-extension', vsix]);
  await mustRun(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Starts the server on loopback, without a password, and waits until it listens. */
export async function startCodeServer(
  installation: Installation,
  options: ServerOptions,
): Promise<CodeServer> {
  const [command, args, env] = launch(installation, options, [
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${options.port ?? 0}`],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ...(options.trusted === false ? [] : ['--disable-workspace-trust']),
  ]);
  // In a process group of its own: the server's helpers would outlive it otherwise.
  const server = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const endGroup = (): void => signalGroup(server, 'SIGKILL');
  process.once('exit', endGroup);
  const log = fs.createWriteStream(path.join(options.home, 'server.log'));
  server.stderr.pipe(log);
  const authority = await new Promise<string>((resolve, reject) => {
    let output = '';
    const late = new Error(
      `code-server does not listen after ${LONGEST_START_MS / 1000} s, see ${options.home}`,
    );
    setTimeout(() => reject(late), LONGEST_START_MS).unref();
    server.stdout.on('data', (chunk: Buffer) => {
      log.write(chunk);
      output += chunk.toString();
      const listening = /listening on http:\/\/([^/\s]+)/.exec(output);
      if (listening?.[1]) resolve(listening[1]);
    });
    server.once('error', reject);
    server.once('exit', (code) =>
      reject(new Error(`code-server ended with ${code ?? 'a signal'}, see ${options.home}`)),
    );
  });
  return {
    authority,
    stop: async () => {
      process.off('exit', endGroup);
      await endServer(server);
    },
  };
}

/** Asks the server's process group to end; insists after five seconds. */
async function endServer(server: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) resolve();
    server.once('exit', () => resolve());
    setTimeout(resolve, 5000).unref();
  });
  signalGroup(server, 'SIGTERM');
  await ended;
  signalGroup(server, 'SIGKILL');
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // The group is gone.
  }
}
