import { mkdir, readFile, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import { writeAtomically } from '../atomicWrite';
import type { Fact, FactFileProblem, Scope } from '../protocol';
import { writeGitAttributes } from './gitAttributes';
import { joinLines, parseLines, replaceFacts } from './lines';

/** What a facts file holds. */
export interface FactFile {
  facts: Fact[];
  /** The line of each fact, from 1. */
  lineOf: ReadonlyMap<string, number>;
  problems: FactFileProblem[];
}

/** Why a file cannot be written; Node says the last where it makes no folder in one that is read-only. */
const READ_ONLY = ['EROFS', 'EACCES', 'EPERM', 'ENOENT'];

const LOCK = { realpath: false, stale: 10_000 };
const RETRIES = { retries: 60, factor: 1.3, minTimeout: 20, maxTimeout: 250 };

/**
 * The facts of one scope: a file with one line a fact, sorted by id, so that it diffs and merges.
 * Several processes may use it at once: a change is made under a lock, on what the file holds then,
 * and replaces the file as a whole.
 */
export class FactStore {
  /**
   * @param path the facts file, which need not exist
   * @param log told when the lock was lost to another process
   * @param retries how long another process is waited for. Defaults to some fifteen seconds
   */
  constructor(
    readonly path: string,
    readonly scope: Scope,
    private readonly log: (message: string) => void = () => undefined,
    private readonly retries: { readonly retries: number } = RETRIES,
  ) {}

  /**
   * Reads the file; one that does not exist holds no facts.
   * @throws if the file cannot be decoded or read
   */
  async read(): Promise<FactFile> {
    return this.parse(await this.content());
  }

  /**
   * Changes the facts: re-reads the file under the lock, applies `change`, and writes if it changed.
   * @returns what the file holds after the change
   * @throws if the file cannot be decoded, read or written
   */
  async update(change: (facts: Fact[]) => Fact[]): Promise<FactFile> {
    try {
      return await this.rewrite(change);
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined || !READ_ONLY.includes(code)) throw error;
      throw new Error(`${this.path} cannot be written (${code}). Its folder may be read-only.`, {
        cause: error,
      });
    }
  }

  /** Takes facts out, by their ids, and puts others in. @returns those that were taken out */
  async exchange(removed: ReadonlySet<string>, added: readonly Fact[]): Promise<Fact[]> {
    let before: Fact[] = [];
    await this.update((held) => {
      before = held.filter(({ id }) => removed.has(id));
      return [...held.filter(({ id }) => !removed.has(id)), ...added];
    });
    return before;
  }

  private async rewrite(change: (facts: Fact[]) => Fact[]): Promise<FactFile> {
    await mkdir(dirname(this.path), { recursive: true });
    // Where a link leads, both the lock and the file: others may know it by another name.
    const path = await realpath(this.path).catch(() => this.path);
    const release = await this.lock(path);
    try {
      const before = await this.content();
      const { lines } = parseLines(before, this.path, this.scope);
      const facts = lines.flatMap(({ fact }) => fact ?? []);
      const after = joinLines(replaceFacts(lines, change(facts)));
      if (after === before) return this.parse(after);
      if (this.scope === 'workspace') await writeGitAttributes(this.path);
      await writeAtomically(path, after);
      return this.parse(after);
    } finally {
      // What was written stays written.
      await release().catch((error: unknown) => this.log(`Lock of ${path}: ${String(error)}`));
    }
  }

  private async lock(path: string): Promise<() => Promise<void>> {
    const { retries } = this;
    const onCompromised = (error: Error): void => this.log(`Lock of ${path} lost: ${error.message}`);
    try {
      return await lock(path, { ...LOCK, retries, onCompromised });
    } catch (error) {
      if (codeOf(error) !== 'ELOCKED') throw error;
      // One whose clock was ahead may have left it: it does not grow old.
      throw new Error(
        `${path} is locked by another program. If no program is using it, delete ${path}.lock.`,
        {
          cause: error,
        },
      );
    }
  }

  private parse(content: string): FactFile {
    const { lines, problems } = parseLines(content, this.path, this.scope);
    const lineOf = new Map(lines.flatMap(({ fact }, index) => (fact ? [[fact.id, index + 1] as const] : [])));
    return { facts: lines.flatMap(({ fact }) => fact ?? []), lineOf, problems };
  }

  /** The file's text, less the byte order mark that some editors put before it. */
  private async content(): Promise<string> {
    const bytes = await this.bytes();
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      // It can be neither read nor changed without loss.
      throw new Error(`${this.path} is not UTF-8 text. Save it as UTF-8.`);
    }
  }

  private async bytes(): Promise<Uint8Array> {
    try {
      return await readFile(this.path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return new Uint8Array();
      throw error;
    }
  }
}

/** What the system says went wrong. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
