/**
 * Makes a checkout ready to run, with nothing but Node and npm: installs packages when node_modules is
 * absent or older than package-lock.json, builds, and converts the shipped model when it changed.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, URL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => path.join(root, ...parts);

/** Runs a command to its end, its output going to standard error; exits this process when it fails. */
function must(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (status === 0) return;
  console.error(`${[command, ...args].join(' ')} failed${error ? `: ${error.message}` : ''}`);
  process.exit(1);
}

/** Whether the installed packages are those of the lock file. */
function installed() {
  const lock = fs.statSync(at('package-lock.json'));
  const marker = fs.statSync(at('node_modules', '.package-lock.json'), { throwIfNoEntry: false });
  return marker !== undefined && marker.mtimeMs >= lock.mtimeMs;
}

function install() {
  console.error('Installing packages');
  const windows = process.platform === 'win32';
  // .npmrc turns install scripts off: one of them would download GPU libraries. esbuild needs none where
  // npm installed its binary as an optional dependency, which is checked here.
  must('npm', ['ci', '--loglevel=error'], { shell: windows });
  must(process.execPath, [at('node_modules', 'esbuild', 'bin', 'esbuild'), '--version'], {
    stdio: ['ignore', 'ignore', 2],
  });
  const now = new Date();
  fs.utimesSync(at('node_modules', '.package-lock.json'), now, now);
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Quickfire needs Node 20.19 or newer; this is ${process.version}`);
  process.exit(1);
}
if (!installed()) install();
must(process.execPath, [at('esbuild.js')]);
must(process.execPath, ['--import', 'tsx', at('scripts', 'shippedModel.ts')]);
