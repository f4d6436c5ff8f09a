import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../atomicWrite';
import { readDerived } from './derivedFile';
import { decodeEngram, encodeEngram } from './engramFile';
import type { Engram } from './engram';
import type { RuleName } from './rules';
import type { TeachableModel } from './teachableModel';

/** What of a fact decides its engram. */
export interface EngramContent {
  statement: string;
  questions: readonly string[];
  answer: string;
  emphasis?: number | undefined;
}

/** Counts changes to what is recorded of a fact, by which earlier engrams no longer are what they would be now. */
const RECORDING = 4;

/** Content address of a fact's engram on one model under one rule: sha256, hex. */
export function engramKey(
  content: EngramContent,
  { id, config }: Pick<TeachableModel, 'id' | 'config'>,
  rule: RuleName,
): string {
  const { statement, questions, answer, emphasis = 0 } = content;
  return createHash('sha256')
    .update(JSON.stringify([RECORDING, statement, questions, answer, emphasis, id, config.qf2, rule]))
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
    const bytes = await readDerived(path);
    if (!bytes) return undefined;
    const engram = decodeEngram(bytes);
    if (engram && fits(engram)) return engram;
    this.log(`Engram ${path} is damaged; the fact will be recorded again.`);
    return undefined;
  }

  /** Keeps an engram for the next start. */
  async put(key: string, engram: Engram): Promise<void> {
    if (this.folder === undefined) return;
    try {
      await mkdir(this.folder, { recursive: true });
      await writeAtomically(join(this.folder, `${key}.engram`), encodeEngram(engram), { durable: false });
    } catch (error) {
      this.log(`Engram ${key} could not be cached: ${String(error)}`);
    }
  }
}
