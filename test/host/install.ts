/** Installs what the tests in a real VS Code need: code-server with its own Node, and Chromium. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { LaunchOptions } from 'playwright-core';
import { mustRun, root } from '../../scripts/run';

/** code-server 4.139 is VS Code 1.139 and needs Node 24, which the second package brings. */
const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';

/** An installed code-server. */
export interface Installation {
  /** Path of the Node executable that runs it. */
  node: string;
  /** Path of code-server's start script. */
  entry: string;
}

/** The first of the commands that is on PATH, as a full path. */
export function onPath(...commands: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return commands
    .flatMap((command) => folders.map((folder) => path.join(folder, command)))
    .find((file) => fs.existsSync(file));
}

/**
 * Installs code-server under .cache/, unless a marker file says that it is there. An interrupted
 * installation is taken up again by the next call.
 */
export async function installCodeServer(): Promise<Installation> {
  const folder = path.join(root, '.cache', 'code-server');
  const modules = path.join(folder, 'node_modules');
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const node = path.join(modules, nodePackage, 'bin', 'node');
  const entry = path.join(modules, 'code-server', 'out', 'node', 'entry.js');
  const marker = path.join(folder, 'installed');
  const version = `${codeServerVersion} on ${nodePackage} ${nodeVersion}`;
  if (fs.existsSync(marker) && fs.readFileSync(marker, 'utf8') === version) return { node, entry };

  console.log(`Installing code-server ${version} into .cache (about a minute)`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const packages = [`${nodePackage}@${nodeVersion}`, `code-server@${codeServerVersion}`];
  await npm(folder, ['install', '--save-exact', ...packages]);
  const env = {
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
    npm_config_nodedir: path.join(modules, nodePackage),
  };
  const vscode = path.join(modules, 'code-server', 'lib', 'vscode');
  await npm(vscode, ['install', '--omit=dev'], env);
  await npm(vscode, ['rebuild', '--ignore-scripts=false', '@vscode/spdlog', '@vscode/native-watchdog'], env);
  fs.writeFileSync(marker, version);
  return { node, entry };
}

/** Runs npm in a folder of its own, apart from the settings that an outer `npm run` handed down. */
async function npm(cwd: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  const outer = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|config_local_prefix)/.test(name),
  );
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const [command = '', ...rest] = args;
  await mustRun('npm', [command, ...quiet, ...rest], { cwd, env: { ...Object.fromEntries(outer), ...env } });
}

/**
 * Finds a Chromium, or on Debian and its kin installs one by apt-get.
 * @returns how Playwright starts it
 */
export async function installChromium(): Promise<LaunchOptions> {
  const names = ['chromium', 'chromium-headless-shell', 'chromium-browser', 'google-chrome'];
  const found = onPath(...names);
  if (found) return { executablePath: found };
  if (process.platform !== 'linux') return { channel: 'chrome' };

  console.log('Installing Chromium by apt-get');
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = async (...args: string[]): Promise<void> => {
    const [command = '', ...rest] = [...sudo, 'apt-get', ...args];
    await mustRun(command, rest, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  try {
    await apt('update', '-qq');
    const headless = spawnSync('apt-cache', ['show', 'chromium-headless-shell']).status === 0;
    const name = headless ? 'chromium-headless-shell' : 'chromium';
    await apt('install', '-y', '-qq', '--no-install-recommends', name);
  } catch (cause) {
    // Ubuntu, for one, has none for apt.
    throw new Error('There is no Chromium, and apt-get installs none. Install Chromium or Google Chrome.', {
      cause,
    });
  }
  return { executablePath: onPath(...names) };
}
