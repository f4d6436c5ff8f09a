import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ConnectionError } from './errors';
import type { HubFile } from './list';
import { isIntact, PartFile } from './partFile';
import { bodyOf, expectSuccess, get, type Hub } from './request';

/** Attempts in a row that bring nothing before giving up. */
const MAX_FAILURES = 5;

export interface FetchOptions {
  readonly signal: AbortSignal;
  /** Told how many bytes of the file are there. Defaults to nobody. */
  readonly onBytes?: (bytes: number) => void;
  /** Wait after the first failure, longer after each more. Defaults to 1000. */
  readonly retryMs?: number | undefined;
}

/**
 * Fetches one file into a folder, going on where an earlier call was interrupted. A lost connection is
 * taken up again by itself.
 * @throws HubError if it cannot be had, or is not what the hub said it is; the signal's reason.
 */
export async function fetchFile(
  hub: Hub,
  address: string,
  file: HubFile,
  folder: string,
  { signal, onBytes = () => undefined, retryMs = 1000 }: FetchOptions,
): Promise<void> {
  const target = join(folder, file.name);
  if (await isIntact(target, file, signal)) {
    onBytes(file.bytes);
    return;
  }
  await rm(target, { force: true });
  const part = await PartFile.open(join(folder, partName(file)), file, signal);
  try {
    let furthest = part.length;
    for (let failures = 0; part.length < file.bytes;) {
      onBytes(part.length);
      try {
        await fetchRest(hub, address, part, file, signal, onBytes);
      } catch (error) {
        signal.throwIfAborted();
        failures = part.length > furthest ? 1 : failures + 1;
        furthest = Math.max(furthest, part.length);
        if (!(error instanceof ConnectionError) || failures > MAX_FAILURES) throw error;
        await delay(failures * retryMs, undefined, { signal });
      }
    }
  } catch (error) {
    await part.close();
    throw error;
  }
  await part.finish(target);
  onBytes(file.bytes);
}

/** A part belongs to one content: when the repository changes, the other's part is not taken for it. */
export function partName({ name, bytes, digest }: HubFile): string {
  return `${name}.${digest?.hex.slice(0, 16) ?? bytes}.part`;
}

/** One request for all that is missing. @throws ConnectionError if not all of it came. */
async function fetchRest(
  hub: Hub,
  address: string,
  part: PartFile,
  file: HubFile,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const start = part.length;
  // A compressed answer would count other bytes than the file's.
  const headers = { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-` }) };
  const response = await get(hub, address, headers, signal);
  if (start > 0 && isUnusable(response, start)) {
    await response.body?.cancel();
    await part.restart();
    return;
  }
  await expectSuccess(hub, response, file.name);
  // A server may ignore the range and send everything.
  if (start > 0 && response.status !== 206) await part.restart();
  for await (const chunk of bodyOf(response, signal)) {
    await part.append(chunk);
    onBytes(part.length);
  }
  if (part.length < file.bytes) throw new ConnectionError(`The download of ${file.name} ended early.`);
}

/** Whether a server does not know the range from `start` on, or sends another. */
function isUnusable({ status, headers }: Response, start: number): boolean {
  if (status === 416) return true;
  return status === 206 && !headers.get('content-range')?.startsWith(`bytes ${start}-`);
}
