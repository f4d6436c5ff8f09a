import { readFileSync } from 'node:fs';

/** Memory of this process, in bytes. */
export interface Resident {
  readonly bytes: number;
  /** The most that it ever was. */
  readonly most: number;
}

/** What this process has in memory, and had at most. */
export function residentMemory(): Resident {
  return { bytes: process.memoryUsage.rss(), most: mostResident() };
}

function mostResident(): number {
  // On Linux maxRSS has what the parent had when it forked, too.
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}
