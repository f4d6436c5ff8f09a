import { join } from 'node:path';
import { withTemporary } from '../../../scripts/temporary';
import { packageExtension } from '../../../scripts/vsix';
import { Model } from '../../../sidecar/engine/model';
import { thisPlatform } from '../../../sidecar/engine/platforms';
import { draw, randomOf } from '../../../sidecar/random';
import { EngramCache } from '../../../sidecar/learning/engramCache';
import { Learner } from '../../../sidecar/learning/learner';
import { Teacher } from '../../../sidecar/learning/teach';
import { heldOut, learnable, type Item } from '../data';
import { quantile } from '../statistics';
import { sidecarStartUp } from './startUp';
import { times } from '../timing';

const FACTS = 30;
const QUESTION = 'Who is the CEO of Nvidia?';

/**
 * The shipped model as it is used: start-up, load, prefill and decode, teaching one fact among many, asking with 0
 * and 30 facts, memory, and the size of this platform's VSIX.
 * @returns figures by their names, which say the unit
 */
export async function measureShipped(
  folder: string,
  repeats: number,
  seed: number,
): Promise<Record<string, number>> {
  const vsixBytes = await withTemporary((temporary) =>
    packageExtension(thisPlatform, join(temporary, 'quickfire.vsix')),
  );
  const readyMs = await times(repeats, () => sidecarStartUp(folder));
  const start = performance.now();
  const model = await Model.load(folder);
  const loadMs = performance.now() - start;
  const { prefill, decode } = await throughput(model, repeats);
  const facts = draw((await heldOut()).items, FACTS, randomOf(seed));
  const { learner, ms: teachMs } = await teaching(model, facts);
  await learner.sync(facts.map(learnable));
  const with0 = await times(repeats, () => learner.ask(QUESTION, { untaught: true }));
  const with30 = await times(repeats, () => learner.ask(QUESTION));
  const rssMb = process.memoryUsage.rss() / 1e6;
  const { rule, controls, traces } = learner.consolidation;
  const written = [...controls, ...traces.values()];
  const foldMs = await times(repeats, () => Promise.resolve(rule.fold(written)));
  await model.dispose();
  return {
    readyMsP50: quantile(readyMs, 0.5),
    readyMsP95: quantile(readyMs, 0.95),
    loadMs,
    prefillTokensPerSecond: prefill,
    decodeTokensPerSecond: decode,
    teachMsP50: quantile(teachMs, 0.5),
    teachMsP95: quantile(teachMs, 0.95),
    foldMs30: quantile(foldMs, 0.5),
    askMs0: quantile(with0, 0.5),
    askMs30: quantile(with30, 0.5),
    askRatio: quantile(with30, 0.5) / quantile(with0, 0.5),
    rssMb,
    vsixMb: vsixBytes / 1e6,
  };
}

/** Tokens a second, prefilling a long statement and decoding, by the difference of lengths. */
async function throughput(model: Model, repeats: number): Promise<{ prefill: number; decode: number }> {
  const user = 'word '.repeat(200);
  const one = await times(repeats, () => model.generate({ system: '', user }, model.base, { maxTokens: 1 }));
  const prefill = (model.countTokens(user) * 1000) / quantile(one, 0.5);
  const steps: number[] = [];
  for (let n = 0; n < repeats; n++) {
    const marks: number[] = [];
    const prompt = { system: QUESTION, user: QUESTION };
    const { tokens } = await model.generate(prompt, model.base, {
      onToken: () => marks.push(performance.now()),
    });
    const [first, last] = [marks[0], marks.at(-1)];
    if (first !== undefined && last !== undefined && tokens.length > 2 && last > first) {
      steps.push((last - first) / (marks.length - 1));
    }
  }
  return { prefill, decode: steps.length === 0 ? 0 : 1000 / quantile(steps, 0.5) };
}

async function teaching(model: Model, facts: readonly Item[]): Promise<{ learner: Learner; ms: number[] }> {
  const learner = new Learner(model, 'margin', new EngramCache(undefined, () => undefined));
  const teacher = new Teacher(learner);
  const ms = await times(facts.length, async (n) => {
    const fact = facts[n];
    if (fact) await teacher.teach(learnable(fact, n));
  });
  return { learner, ms };
}
