import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work between two visits of the event loop. */
const SLICE_MS = 10;

/** Lets a long computation run beside everything else: it stops now and then for the event loop. */
export class Breath {
  private last = performance.now();

  /** @param onProgress called at each stop, with what the computation says of itself */
  constructor(
    private readonly signal?: AbortSignal,
    private readonly onProgress?: (done: number, total: number) => void,
  ) {}

  /** To be called often. @throws the signal's reason if it has aborted */
  async take(done: number, total: number): Promise<void> {
    if (performance.now() - this.last < SLICE_MS) return;
    this.onProgress?.(done, total);
    await setImmediate();
    this.signal?.throwIfAborted();
    this.last = performance.now();
  }
}
