import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Qf2Facts } from '../../sidecar/convert/sourceConfig';
import { messageOf, ModelError } from '../../sidecar/engine/errors';
import { withLock } from './hub/folderLock';
import { isConverted } from './store';

export interface ConversionOptions {
  /** Absolute path of the bundled converter. */
  readonly module: string;
  /** A Hugging Face directory. */
  readonly source: string;
  /** Where the model is put once it is complete, in place of what is there. */
  readonly target: string;
  /** What the directory's own files leave open. */
  readonly given?: Qf2Facts;
  readonly signal: AbortSignal;
  /** Told the share that is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
  /** Wait between two tries while another window converts the model. Defaults to 1000. */
  readonly retryMs?: number;
}

/**
 * Converts a model in a process of its own, so that neither editor nor sidecar stands still meanwhile. Does nothing
 * where another window has just converted it.
 * @throws ModelError with the converter's message, or that another window goes on converting it; the signal's reason,
 *   after the process has ended.
 */
export async function convertModel(options: ConversionOptions): Promise<void> {
  const { source, target, signal, retryMs } = options;
  const unfinished = `${target}.converting`;
  const wasThere = isConverted(target);
  const held = (): Error =>
    new ModelError(
      `${path.basename(source)} is being converted in another window. Wait for it to finish, then try again.`,
    );
  await withLock(target, { held, signal, retryMs }, async () => {
    if (!wasThere && isConverted(target)) return;
    try {
      await rm(unfinished, { recursive: true, force: true });
      await runConverter({ ...options, target: unfinished });
      await replace(target, unfinished);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  });
}

/**
 * Puts a complete model in place of what is there, which stays whole where that cannot be moved away: Windows moves
 * no files that a process has mapped.
 */
async function replace(target: string, complete: string): Promise<void> {
  const former = `${target}.former`;
  const isThere = existsSync(target);
  try {
    await rm(former, { recursive: true, force: true });
    if (isThere) await rename(target, former);
    await rename(complete, target);
  } catch (error) {
    if (isThere && !existsSync(target)) await rename(former, target);
    throw new ModelError(
      `Cannot replace ${target} (${messageOf(error)}). If the model is in use, select another one in all windows, then try again.`,
    );
  }
  // What other windows still use is deleted the next time.
  await rm(former, { recursive: true, force: true }).catch(() => undefined);
}

async function runConverter({
  module,
  source,
  target,
  given = {},
  signal,
  onProgress,
}: ConversionOptions): Promise<void> {
  signal.throwIfAborted();
  const flags = Object.entries(given).map(([name, value]) => `--${name}=${String(value)}`);
  const child = fork(module, [source, target, ...flags], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const stop = (): void => void child.kill();
  signal.addEventListener('abort', stop, { once: true });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()));
  child.on('message', (share) => onProgress(Number(share)));
  try {
    await once(child, 'close');
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  if (child.exitCode === 0) return;
  throw new ModelError(words.trim() || `The conversion was stopped by ${child.signalCode ?? 'the system'}.`);
}
