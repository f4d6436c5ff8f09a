import { execFileSync } from 'node:child_process';

/** Process id of the sidecar of the extension that is installed below `home`. @throws Error when none runs */
function sidecarPid(home: string): number {
  const processes = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const line = processes.find((args) => args.includes(home) && args.includes('sidecar.js'));
  if (line === undefined) throw new Error('No sidecar is running');
  return Number.parseInt(line, 10);
}

/** Does `work` while the sidecar stands still, so that an answer takes as long as the user needs to stop it. */
export async function whileFrozen(home: string, work: () => Promise<void>): Promise<void> {
  const pid = sidecarPid(home);
  process.kill(pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}
