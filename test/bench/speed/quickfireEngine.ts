import { readConfig } from '../../../sidecar/engine/config';
import { openRunner } from '../../../sidecar/engine/loadRunner';
import { untaughtMemory } from '../../../sidecar/engine/memory';
import { readSideFile } from '../../../sidecar/engine/sideFile';
import { argmax } from '../../../sidecar/engine/softmax';
import { promptOf, type Engine, type EngineOptions } from './engine';

/** Quickfire's own engine, untaught, token by token as `Model.generate` does it. */
export async function loadQuickfire({ model, threads, provider }: EngineOptions): Promise<Engine> {
  const config = await readConfig(model);
  const memory = untaughtMemory(config, (await readSideFile(model, config)).weight);
  const runner = await openRunner(model, config, provider, threads);
  return {
    run: async (context, count) => {
      const sequence = runner.begin(memory);
      const next = async (tokens: readonly number[]): Promise<number> =>
        argmax((await sequence.step(tokens, [tokens.length - 1])).logits);
      const start = performance.now();
      let token = await next(promptOf(context));
      const first = performance.now();
      for (let n = 0; n < count; n++) token = await next([token]);
      const end = performance.now();
      sequence.end();
      return { prefillSeconds: (first - start) / 1000, decodeSeconds: (end - first) / 1000 };
    },
  };
}
