import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

const DAY_MS = 24 * 3_600_000;
/** A file that is read is marked as used, but no more often than this. */
const MARKED_MS = 7 * DAY_MS;
/** What nobody has used for so long is of facts, models and workspaces that are gone. */
const UNUSED_MS = 60 * DAY_MS;

/** Reads a file of derived data, and marks it as used. @returns undefined where it cannot be read */
export async function readDerived(path: string): Promise<Buffer | undefined> {
  try {
    const file = await readFile(path);
    const now = new Date();
    const { mtimeMs } = await stat(path);
    if (now.getTime() - mtimeMs > MARKED_MS) await utimes(path, now, now).catch(() => undefined);
    return file;
  } catch {
    return undefined;
  }
}

/** Deletes the engrams, and what came of replays, in a folder that were not used for long. */
export async function removeUnused(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((candidate) => /\.(engram|replay|in-vain)$/.test(candidate))) {
    const path = join(folder, name);
    const used = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Infinity,
    );
    if (Date.now() - used > UNUSED_MS) await rm(path, { force: true }).catch(() => undefined);
  }
}
