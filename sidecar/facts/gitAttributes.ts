import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Has git merge a facts file that is not there yet by taking the lines of both sides: it is sorted by ids, which say
 * nothing, so that what two people add often lies side by side.
 */
export async function writeGitAttributes(file: string): Promise<void> {
  if (existsSync(file)) return;
  const attributes = join(dirname(file), '.gitattributes');
  // One that is there is the user's own.
  await writeFile(attributes, `${basename(file)} text eol=lf merge=union\n`, { flag: 'wx' }).catch(
    () => undefined,
  );
}
