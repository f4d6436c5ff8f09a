import { statfs } from 'node:fs/promises';
import { HubError } from './errors';

/** What is free on the disk of a folder: blocks for this user, and bytes of a block. */
export type StatFs = (folder: string) => Promise<{ bavail: number; bsize: number }>;

/**
 * @param folder an existing folder on the disk that will be written
 * @throws HubError if fewer than `bytes` are free there.
 */
export async function checkDiskSpace(folder: string, bytes: number, stat: StatFs = statfs): Promise<void> {
  const { bavail, bsize } = await stat(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const [needed, left] = [bytes, free].map((n) => (n / 1e9).toFixed(1));
  throw new HubError(
    `Not enough disk space in ${folder}: downloading and converting the model needs ${needed} GB, but only ${left} GB are free.`,
  );
}
