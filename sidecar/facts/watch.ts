import { unwatchFile, watchFile } from 'node:fs';

/**
 * Watches a file that may not exist, by polling, which works on every file system and through atomic
 * replacement. Calls `onChange` once the file has been quiet for a moment.
 * @returns stops watching
 */
export function watchFileQuietly(
  path: string,
  onChange: () => void,
  interval = 400,
  quiet = 150,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const listener = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, quiet);
  };
  watchFile(path, { interval, persistent: false }, listener);
  return () => {
    clearTimeout(timer);
    unwatchFile(path, listener);
  };
}
