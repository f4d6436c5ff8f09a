/** Runs tasks one at a time, in the order in which they came. */
export class Mutex {
  private tail: Promise<unknown> = Promise.resolve();

  /** Runs `task` when those before it have ended, however they ended. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.tail.then(task);
    this.tail = result.catch(() => undefined);
    return result;
  }
}
