import { constants } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { Checksum } from './checksum';
import { HubError } from './errors';
import type { HubFile } from './list';

/**
 * The beginning of a file that is being fetched. Its length on disk is all there is to know of how far it
 * is, so it goes on after a kill at any byte; what is there already is hashed anew when it is opened.
 */
export class PartFile {
  private checksum: Checksum;

  private constructor(
    private readonly path: string,
    private readonly file: HubFile,
    private readonly handle: FileHandle,
  ) {
    this.checksum = new Checksum(file.digest, file.bytes);
  }

  /** Opens the file, empty if there is none. @throws the signal's reason. */
  static async open(path: string, file: HubFile, signal: AbortSignal): Promise<PartFile> {
    const part = new PartFile(path, file, await open(path, constants.O_RDWR | constants.O_CREAT));
    try {
      await part.readAnew(signal);
    } catch (error) {
      await part.close();
      throw error;
    }
    return part;
  }

  /** Bytes that are there. */
  get length(): number {
    return this.checksum.seen;
  }

  /** @throws HubError when the disk is full, or more comes than the file has: then the part is deleted. */
  async append(chunk: Uint8Array): Promise<void> {
    if (this.length + chunk.length > this.file.bytes) {
      await rm(this.path);
      throw new HubError(
        `${this.file.name} is larger than the hub reported and was deleted. Download it again.`,
      );
    }
    for (let done = 0; done < chunk.length;) {
      const position = this.length + done;
      const written = await this.handle.write(chunk, done, chunk.length - done, position).catch(rethrowFull);
      done += written.bytesWritten;
    }
    this.checksum.update(chunk);
  }

  /** Drops what is there. */
  async restart(): Promise<void> {
    await this.handle.truncate(0);
    this.checksum = new Checksum(this.file.digest, this.file.bytes);
  }

  /**
   * Puts the whole file in its place, closed.
   * @throws HubError if it is not what the hub said it is: then it is deleted.
   */
  async finish(target: string): Promise<void> {
    const intact = this.checksum.matches();
    if (intact) await this.handle.sync();
    await this.close();
    if (intact) {
      await rename(this.path, target);
      return;
    }
    await rm(this.path);
    const what = this.file.digest ? 'wrong hash' : 'wrong size';
    throw new HubError(`${this.file.name} arrived damaged (${what}) and was deleted. Download it again.`);
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async readAnew(signal: AbortSignal): Promise<void> {
    const { size } = await this.handle.stat();
    if (size > this.file.bytes) await this.handle.truncate(0);
    else await readInto(this.checksum, this.handle, signal);
  }
}

/** Whether a file on disk is there and is what it should be. @throws the signal's reason. */
export async function isIntact(path: string, file: HubFile, signal: AbortSignal): Promise<boolean> {
  const handle = await open(path).catch(() => undefined);
  if (!handle) return false;
  try {
    const checksum = new Checksum(file.digest, file.bytes);
    await readInto(checksum, handle, signal);
    return checksum.matches();
  } finally {
    await handle.close();
  }
}

async function readInto(checksum: Checksum, handle: FileHandle, signal: AbortSignal): Promise<void> {
  for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) {
    signal.throwIfAborted();
    checksum.update(chunk as Buffer);
  }
}

function rethrowFull(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    throw new HubError('The disk is full. Free some space, then resume the download.');
  }
  throw error;
}
