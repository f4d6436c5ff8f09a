import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { decodeEngram, encodeEngram } from './engramFile';
import type { Engram } from './engram';

/** What of a fact decides its engram. */
export interface EngramContent {
  statement: string;
  questions: readonly string[];
  answer: string;
  emphasis?: number | undefined;
}

/** Content address of a fact's engram on one model under one rule: sha256, hex. */
export function engramKey(content: EngramContent, modelId: string, rule: string): string {
  const { statement, questions, answer, emphasis = 0 } = content;
  return createHash('sha256')
    .update(JSON.stringify([statement, questions, answer, emphasis, modelId, rule]))
    .digest('hex');
}

/**
 * Engrams on disk by content address. It is derived data: a file that is missing or damaged only
 * means that the fact is recorded again, and a folder that cannot be written only costs time.
 */
export class EngramCache {
  /**
   * @param folder where the files are; undefined keeps nothing
   * @param log told about damaged files and failed writes
   */
  constructor(
    private readonly folder: string | undefined,
    private readonly log: (message: string) => void,
  ) {}

  /** The engram at `key`, if it is there, whole, and one that `fits`. */
  async get(key: string, fits: (engram: Engram) => boolean): Promise<Engram | undefined> {
    if (this.folder === undefined) return undefined;
    const path = join(this.folder, `${key}.engram`);
    let bytes: Buffer;
    try {
      bytes = await readFile(path);
    } catch {
      return undefined;
    }
    const engram = decodeEngram(bytes);
    if (engram && fits(engram)) return engram;
    this.log(`Engram ${path} is damaged; its fact is recorded again.`);
    return undefined;
  }

  /** Keeps an engram for the next start. */
  async put(key: string, engram: Engram): Promise<void> {
    if (this.folder === undefined) return;
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFileAtomic(join(this.folder, `${key}.engram`), encodeEngram(engram), { fsync: false });
    } catch (error) {
      this.log(`Engram ${key} could not be cached: ${String(error)}`);
    }
  }
}
