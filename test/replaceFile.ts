import { rename, writeFile } from 'node:fs/promises';

/** Writes a file that others watch as a whole: written in place, it is empty for a moment. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}
