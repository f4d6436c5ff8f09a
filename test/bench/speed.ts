/**
 * How fast and how large it is: npm run bench:speed -- [--json OUT] [--model FOLDER] [--repeats 20]
 * Start-up, load, prefill and decode, teaching one fact among many, asking with 0 and 30 facts, memory, and
 * the size of this platform's VSIX.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withTemporary } from '../../scripts/temporary';
import { packageExtension } from '../../scripts/vsix';
import { Model } from '../../sidecar/engine/model';
import { thisPlatform } from '../../sidecar/engine/platforms';
import { shippedModel } from '../../sidecar/cli/options';
import { draw, randomOf } from '../../sidecar/random';
import { table } from '../../sidecar/cli/table';
import { EngramCache } from '../../sidecar/learning/engramCache';
import { Learner } from '../../sidecar/learning/learner';
import { Teacher } from '../../sidecar/learning/teach';
import { heldOut, learnable, type Item } from './data';
import { sidecarStartUp } from './startUp';
import { quantile } from './statistics';

const FACTS = 30;
const QUESTION = 'Who is the CEO of Nvidia?';

async function timed(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

/** Milliseconds of each of `count` runs. */
async function times(count: number, task: (n: number) => Promise<unknown>): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n++) all.push(await timed(() => task(n)));
  return all;
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

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      model: { type: 'string', default: shippedModel() },
      repeats: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
    },
  });
  const repeats = Number(values.repeats);
  const vsixBytes = await withTemporary((folder) =>
    packageExtension(thisPlatform, join(folder, 'quickfire.vsix')),
  );
  const readyMs: number[] = [];
  for (let n = 0; n < repeats; n++) readyMs.push(await sidecarStartUp(values.model));
  const start = performance.now();
  const model = await Model.load(values.model);
  const loadMs = performance.now() - start;
  const { prefill, decode } = await throughput(model, repeats);
  const facts = draw((await heldOut()).items, FACTS, randomOf(Number(values.seed)));
  const { learner, ms: teachMs } = await teaching(model, facts);
  await learner.sync(facts.map(learnable));
  const with0 = await times(repeats, () => learner.ask(QUESTION, { untaught: true }));
  const with30 = await times(repeats, () => learner.ask(QUESTION));
  const foldMs = await times(repeats, () => Promise.resolve(learner.consolidation.fold()));
  const result = {
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
    rssMb: process.memoryUsage.rss() / 1e6,
    vsixMb: vsixBytes / 1e6,
  };
  process.stdout.write(
    `${table(
      ['measure', 'value'],
      Object.entries(result).map(([name, value]) => [name, Number(value.toFixed(2))]),
    )}\n`,
  );
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result, undefined, 2)}\n`);
  await model.dispose();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
