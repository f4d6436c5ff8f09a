import { join } from 'node:path';
import { readConfig } from '../../../sidecar/engine/config';
import { HostRunner } from '../../../sidecar/engine/hostRunner';
import { files } from '../../../sidecar/engine/layout';
import { untaughtMemory } from '../../../sidecar/engine/memory';
import { readSideFile } from '../../../sidecar/engine/sideFile';
import { argmax } from '../../../sidecar/engine/softmax';
import { promptOf, type Engine, type EngineOptions } from './engine';

/** Quickfire's own engine, untaught, token by token as `Model.generate` does it. */
export async function loadQuickfire({ model, threads }: EngineOptions): Promise<Engine> {
  const config = await readConfig(model);
  const memory = untaughtMemory(config, (await readSideFile(model, config)).weight);
  const runner = await HostRunner.load(join(model, files.graph), config, 'cpu', threads);
  return {
    run: async (context, count) => {
      const sequence = runner.begin(memory);
      const next = async (tokens: readonly number[]): Promise<number> =>
        argmax((await sequence.step(tokens, [tokens.length - 1])).logits);
      const start = performance.now();
      let token = await next(promptOf(context));
      const first = performance.now();
      for (let n = 0; n < count; n++) token = await next([token]);
      return { prefillSeconds: (first - start) / 1000, decodeSeconds: (performance.now() - first) / 1000 };
    },
  };
}
