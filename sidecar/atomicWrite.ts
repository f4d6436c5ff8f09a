import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Stats } from 'node:fs';

/** On Windows a file cannot be replaced while a virus scanner or an indexer reads it, for a moment. */
const HELD = ['EPERM', 'EACCES', 'EBUSY'];
const RETRIES = 20;
const RETRY_MS = 50;

/**
 * Replaces a file as a whole, or leaves it as it was; a new one keeps the old one's mode and owner.
 * @param durable whether it must survive that the machine stops at once. Defaults to true
 * @throws if not all of it can be written
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array,
  { durable = true } = {},
): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  try {
    const former = await stat(path).catch(() => undefined);
    await write(temporary, content, former, durable);
    await replace(path, temporary);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function write(
  path: string,
  content: string | Uint8Array,
  former: Stats | undefined,
  durable: boolean,
): Promise<void> {
  const file = await open(path, 'wx', former?.mode);
  try {
    await file.writeFile(content);
    const { size } = await file.stat();
    if (size !== Buffer.byteLength(content)) throw new Error(`${path} could not be written whole.`);
    if (former) {
      // Not every file system has them, and not everyone may give files away.
      await file.chmod(former.mode).catch(() => undefined);
      await file.chown(former.uid, former.gid).catch(() => undefined);
    }
    if (durable) await file.sync();
  } finally {
    await file.close();
  }
}

async function replace(path: string, temporary: string): Promise<void> {
  for (let retries = process.platform === 'win32' ? RETRIES : 0; ; retries--) {
    try {
      await rename(temporary, path);
      return;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (retries === 0 || !HELD.includes(code)) throw error;
      await pause(RETRY_MS);
    }
  }
}
