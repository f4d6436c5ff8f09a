import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readSourceConfig } from '../../../sidecar/convert/sourceConfig';
import { readShardNames } from '../../../sidecar/convert/weightFiles';
import { files } from '../../../sidecar/engine/layout';
import { checkDiskSpace, type StatFs } from './diskSpace';
import { HubError } from './errors';
import { fetchFile, partName } from './fetchFile';
import { withLock } from './folderLock';
import { listFiles, type HubFile } from './list';
import { indexOf, planOf, type Plan } from './plan';
import type { Hub } from './request';

export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** Told how many bytes of how many are on disk. */
  readonly onProgress: (done: number, total: number) => void;
  /** Measures the disk. Defaults to the file system's own. */
  readonly statFs?: StatFs;
  /** See `FetchOptions`. */
  readonly retryMs?: number;
  /** Whether another process has brought the model meanwhile, so that nothing is to be done. */
  readonly isDone?: () => boolean;
  /** Given the folder once its config.json is there, before the weights come. Defaults to reading it. */
  readonly onConfig?: (folder: string) => Promise<unknown>;
}

/**
 * Downloads what the converter reads of a repository, or goes on with an earlier download. Whether the model
 * can be used at all is known from its config.json, before the weights come.
 * @param folder where it is put; made if it is not there, and cleared of what is not part of the model
 * @param use what is done with it before another process may work on the folder
 * @throws HubError for all that can go wrong on the way, ModelError if Quickfire cannot use such a model;
 *   the signal's reason
 */
export async function downloadModel(
  hub: Hub,
  repository: string,
  folder: string,
  options: DownloadOptions,
  use?: () => Promise<void>,
): Promise<void> {
  const { signal, retryMs } = options;
  const held = (): Error =>
    new HubError(
      `${repository} is being downloaded in another window. Wait for it to finish, then try again.`,
    );
  await withLock(folder, { held, signal, retryMs }, async () => {
    if (options.isDone?.()) return;
    // Only now: whoever had the lock may have deleted it.
    await mkdir(folder, { recursive: true });
    await download(hub, repository, folder, options);
    await use?.();
  });
}

async function download(
  hub: Hub,
  repository: string,
  folder: string,
  { signal, onProgress, statFs, retryMs, onConfig = readSourceConfig }: DownloadOptions,
): Promise<void> {
  const listing = await listFiles(hub, repository, signal);
  const addressOf = ({ name }: HubFile): string =>
    `${hub.endpoint}/${repository}/resolve/${listing.commit}/${encodeURIComponent(name)}`;
  const index = indexOf(listing);
  if (index) await fetchFile(hub, addressOf(index), index, folder, { signal, retryMs });
  const plan = planOf(listing, repository, index && (await readShardNames(join(folder, index.name))));
  const present = await keepOnly(plan, folder);
  await checkDiskSpace(folder, plan.bytes - present + plan.convertedBytes, statFs);

  let before = 0;
  for (const file of plan.files) {
    const onBytes = (bytes: number): void => onProgress(before + bytes, plan.bytes);
    await fetchFile(hub, addressOf(file), file, folder, { signal, onBytes, retryMs });
    before += file.bytes;
    if (file.name === files.config) await onConfig(folder);
  }
}

/** Deletes what the plan does not name, e.g. of an older commit. @returns bytes of what is left */
async function keepOnly({ files: planned }: Plan, folder: string): Promise<number> {
  const names = new Set(planned.flatMap((file) => [file.name, partName(file)]));
  let bytes = 0;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (names.has(name)) bytes += (await stat(path)).size;
    else await rm(path, { recursive: true });
  }
  return bytes;
}
