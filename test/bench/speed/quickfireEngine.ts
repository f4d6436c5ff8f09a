import { join } from 'node:path';
import { KvCache } from '../../../sidecar/engine/cache';
import { readConfig } from '../../../sidecar/engine/config';
import { files } from '../../../sidecar/engine/layout';
import { untaughtMemory } from '../../../sidecar/engine/memory';
import { Session } from '../../../sidecar/engine/session';
import { readSideFile } from '../../../sidecar/engine/sideFile';
import { argmax } from '../../../sidecar/engine/softmax';
import { promptOf, type Engine, type EngineOptions } from './engine';

/** Quickfire's own engine, untaught, token by token as `Model.generate` does it. */
export async function loadQuickfire({ model, threads }: EngineOptions): Promise<Engine> {
  const config = await readConfig(model);
  const memory = untaughtMemory(config, (await readSideFile(model, config)).weight);
  const session = await Session.load(join(model, files.graph), config, 'cpu', threads);
  return {
    run: async (context, count) => {
      const cache = new KvCache(config);
      const next = async (tokens: readonly number[]): Promise<number> =>
        argmax((await session.step(tokens, [tokens.length - 1], cache, memory)).logits);
      const start = performance.now();
      let token = await next(promptOf(context));
      const first = performance.now();
      for (let n = 0; n < count; n++) token = await next([token]);
      return { prefillSeconds: (first - start) / 1000, decodeSeconds: (performance.now() - first) / 1000 };
    },
  };
}
