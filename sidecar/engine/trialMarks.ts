import { rmSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GpuProvider } from './providers';

/** How long a provider that took the process down is left alone: by then its driver may be another. */
const LEFT_ALONE_MS = 7 * 24 * 3_600_000;

/**
 * Marks on disk the providers that are being tried. A driver may take the whole process down; the next one finds
 * the mark that was never taken off, and does without that provider. A process that is told to end takes its marks
 * off.
 */
export class TrialMarks {
  /** Takes all marks off as the process ends. */
  private readonly atExit = (): void => {
    for (const provider of this.tried) rmSync(this.file(provider), { force: true });
  };
  private readonly tried = new Set<GpuProvider>();

  /** @param dir the folder for the marks; made when it is needed; @param pid the process that tries */
  constructor(
    private readonly dir: string,
    private readonly pid = process.pid,
  ) {}

  /** A folder that cannot be written to only costs the mark. */
  async put(provider: GpuProvider): Promise<void> {
    try {
      await mkdir(this.dir, { recursive: true });
      await writeFile(this.file(provider), String(this.pid));
    } catch {
      return;
    }
    if (this.tried.size === 0) process.once('exit', this.atExit);
    this.tried.add(provider);
  }

  async takeOff(provider: GpuProvider): Promise<void> {
    await rm(this.file(provider), { force: true }).catch(() => undefined);
    this.tried.delete(provider);
    if (this.tried.size === 0) process.off('exit', this.atExit);
  }

  /** Whether a trial of it that was begun of late has never ended, in a process that is gone. */
  async isOn(provider: GpuProvider): Promise<boolean> {
    try {
      const { mtimeMs } = await stat(this.file(provider));
      const by = Number(await readFile(this.file(provider), 'utf8'));
      return Date.now() - mtimeMs < LEFT_ALONE_MS && !isAlive(by);
    } catch {
      return false;
    }
  }

  private file(provider: GpuProvider): string {
    return join(this.dir, `trying-${provider}`);
  }
}

/** Whether a process is there: another window may be trying the same provider. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
