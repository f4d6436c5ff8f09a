import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROUNDS = 7;

/** Most bytes a second that so many processes together read from memory, each from a large array of its own. */
export async function readBandwidth(processes: number): Promise<number> {
  const readers = Array.from({ length: processes }, () =>
    fork(join(__dirname, 'memoryReader.ts'), { execArgv: ['--import', 'tsx'] }),
  );
  const answers = async (): Promise<unknown[]> => {
    const messages = await Promise.all(
      readers.map((reader) => once(reader, 'message') as Promise<[unknown]>),
    );
    return messages.map(([message]) => message);
  };
  await answers();
  let most = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (const reader of readers) reader.send('read');
    const bytes = (await answers()).reduce<number>((sum, read) => sum + Number(read), 0);
    most = Math.max(most, (bytes * 1000) / (performance.now() - start));
  }
  const ended = Promise.all(readers.map((reader) => once(reader, 'exit')));
  for (const reader of readers) reader.disconnect();
  await ended;
  return most;
}
