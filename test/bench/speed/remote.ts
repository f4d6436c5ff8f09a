import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Engine, EngineOptions, Run } from './engine';
import type { Resident } from './residentMemory';

/** What the child process is asked: its memory, or a run of so many tokens read and written. */
export type Request = 'resident' | [context: number, count: number];

/** An engine in a child process. One request at a time. */
export class RemoteEngine implements Engine {
  private constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
  ) {}

  /** @throws Error if the engine does not load; it has said why on standard error. */
  static async start(options: EngineOptions): Promise<RemoteEngine> {
    const remote = new RemoteEngine(
      fork(join(__dirname, 'worker.ts'), [JSON.stringify(options)], { execArgv: ['--import', 'tsx'] }),
      options.engine,
    );
    await remote.answer();
    return remote;
  }

  async run(context: number, count: number): Promise<Run> {
    return (await this.ask([context, count])) as Run;
  }

  async resident(): Promise<Resident> {
    return (await this.ask('resident')) as Resident;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }

  private async ask(request: Request): Promise<unknown> {
    this.child.send(request);
    return await this.answer();
  }

  private async answer(): Promise<unknown> {
    const abort = new AbortController();
    const { signal } = abort;
    const ended = once(this.child, 'exit', { signal }).then(() => {
      throw new Error(`The process with ${this.name} in it has ended.`);
    });
    try {
      const [message] = (await Promise.race([once(this.child, 'message', { signal }), ended])) as unknown[];
      return message;
    } finally {
      abort.abort();
      ended.catch(() => undefined);
    }
  }
}
