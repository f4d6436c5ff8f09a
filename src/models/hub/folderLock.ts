import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { check, lock } from 'proper-lockfile';

const LOCK = {
  realpath: false,
  stale: 10_000,
  // A machine that slept may lose it; what then comes of two processes is found damaged, and made anew.
  onCompromised: () => undefined,
};

/** With the default wait longer than the lock of a killed process counts, so that its work goes on at once. */
const MAX_TRIES = 13;

export interface LockOptions {
  /** What is thrown where another process does not let go of the folder. */
  readonly held: () => Error;
  readonly signal: AbortSignal;
  /** Wait between two tries. Defaults to 1000. */
  readonly retryMs?: number | undefined;
}

/** Whether a process works on a folder. */
export async function isLocked(folder: string): Promise<boolean> {
  return await check(folder, LOCK);
}

/**
 * Works on a folder alone among all processes; waits a while for another one. The folder need not exist.
 * @throws what `held` gives if the other goes on; the signal's reason
 */
export async function withLock<T>(
  folder: string,
  { held, signal, retryMs = 1000 }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(dirname(folder), { recursive: true });
  let release = await tryLock(folder);
  for (let tries = 1; !release; tries++) {
    if (tries === MAX_TRIES) throw held();
    await delay(retryMs, undefined, { signal });
    release = await tryLock(folder);
  }
  try {
    return await work();
  } finally {
    await release();
  }
}

/** @returns the function that gives the folder free again; undefined if another process works on it */
export async function tryLock(folder: string): Promise<(() => Promise<void>) | undefined> {
  try {
    const release = await lock(folder, LOCK);
    return () => release().catch(() => undefined);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED') return undefined;
    throw error;
  }
}
