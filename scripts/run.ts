import { spawn, type SpawnOptions } from 'node:child_process';
import * as path from 'node:path';

/** The repository's root folder. */
export const root = path.join(__dirname, '..');

/** Arguments that make Node run a TypeScript file. */
export const tsx = ['--import', 'tsx'];

/**
 * Runs a command in the repository root to its end, sharing this process's output.
 * @returns the exit code; 1 when a signal ended it
 */
export async function run(command: string, args: string[], options: SpawnOptions = {}): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Like {@link run}, for a command whose failure ends the whole script: throws when it fails. */
export async function mustRun(command: string, args: string[], options: SpawnOptions = {}): Promise<void> {
  const code = await run(command, args, options);
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} failed with exit code ${code}`);
}

/** Runs a script's main function; an error is printed and ends in exit code 1. */
export function main(script: () => Promise<void>): void {
  script().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
