/**
 * A child process with one engine in it, so that its memory is its own. Its options are its argument, as JSON; it
 * says "ready", and then answers each request that it is sent.
 */
import type { EngineOptions } from './engine';
import { loadLlama } from './llamaEngine';
import type { Request } from './remote';
import { residentMemory } from './residentMemory';

async function main(): Promise<void> {
  const options = JSON.parse(process.argv[2] ?? '') as EngineOptions;
  const engine =
    options.engine === 'llama.cpp'
      ? await loadLlama(options)
      : await (await import('./quickfireEngine')).loadQuickfire(options);
  process.on('message', (request: Request) => {
    const answer = request === 'resident' ? Promise.resolve(residentMemory()) : engine.run(...request);
    answer.then((result) => process.send?.(result), fail);
  });
  process.once('disconnect', () => process.exit());
  process.send?.('ready');
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

main().catch(fail);
