/** Runs tasks one at a time, in the order in which they came. */
export class Mutex {
  private tail: Promise<unknown> = Promise.resolve();

  /**
   * Runs `task` when those before it have ended, however they ended.
   * @param signal gives up waiting; what has begun is not ended by it. @throws its reason then
   */
  run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    let hasBegun = false;
    const result = this.tail.then(() => {
      signal?.throwIfAborted();
      hasBegun = true;
      return task();
    });
    this.tail = result.catch(() => undefined);
    if (!signal) return result;
    const givenUp = new Promise<never>((_, reject) => {
      const giveUp = (): void => {
        if (!hasBegun) reject(signal.reason as Error);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      void this.tail.then(() => signal.removeEventListener('abort', giveUp));
    });
    return Promise.race([result, givenUp]);
  }
}
