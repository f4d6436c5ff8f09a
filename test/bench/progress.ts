const start = performance.now();

/** Says on standard error what is done, and after how many seconds. */
export function progress(message: string): void {
  process.stderr.write(`${((performance.now() - start) / 1000).toFixed(0).padStart(5)} s  ${message}\n`);
}
