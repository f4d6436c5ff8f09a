/**
 * How well the model learns held-out facts, beside other ways to answer from facts:
 * npm run bench:learning -- [options]; see options.ts. Findings go to a JSON file as they come, so
 * parts can be run one by one; the report and the plots are made of all that the file has.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draw, randomOf } from '../../sidecar/random';
import { Model } from '../../sidecar/engine/model';
import { EngramCache } from '../../sidecar/learning/engramCache';
import { heldOut, type Dataset } from './data';
import { readDataset } from './formats/read';
import { freeTexts } from './freeText';
import { readOptions, type BenchOptions, type Part } from './options';
import type { Bench } from './parts/bench';
import { runAlike } from './parts/alike';
import { runCost } from './parts/cost';
import { runExactness } from './parts/exactness';
import { runFreeText } from './parts/freeText';
import { runLearning } from './parts/learning';
import { runRetention } from './parts/retention';
import { drawPlots } from './report/plots';
import { report } from './report/report';
import { Results } from './results';
import { allSystems } from './systems/all';
import { Untaught } from './untaught';
import { writeTo } from './writeTo';

/** Most controls that a rate is searched with; at most half of those there are. */
const SEARCH_CONTROLS = 40;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const model = await Model.load(options.modelDir);
  const other = options.withoutQftT === undefined ? undefined : await Model.load(options.withoutQftT);
  const folder = await mkdtemp(join(tmpdir(), 'quickfire-bench-'));
  let caches = 0;
  const newCache = (): EngramCache => new EngramCache(join(folder, String(caches++)), () => undefined);
  try {
    const bench: Bench = {
      options,
      dataset: await datasetOf(options),
      untaught: new Untaught(model),
      cache: newCache(),
      newCache,
      results: new Results(options.json, `${model.id} ${options.data ?? 'heldout'}`),
    };
    const runs: Record<Part, () => Promise<void>> = {
      learning: () => compare(bench, other && new Untaught(other)),
      retention: () => runRetention(bench),
      exactness: () => runExactness(bench),
      cost: () => runCost(bench),
      freetext: () => runFreeText(bench),
      alike: () => runAlike(bench),
    };
    for (const part of options.parts) await runs[part]();
    await publish(bench);
  } finally {
    await Promise.all([model.dispose(), other?.dispose(), rm(folder, { recursive: true })]);
  }
}

/** A user's file, whose facts may come without controls; else the project's own facts. */
async function datasetOf({ data }: BenchOptions): Promise<Dataset> {
  const own = await heldOut();
  if (data === undefined) return own;
  const { items, controls } = await readDataset(data);
  return { items, controls: controls.length > 0 ? controls : own.controls };
}

/** The rate of the rule hebbian is searched on dev facts and on controls that are not reported. */
async function compare(bench: Bench, withoutQftT: Untaught | undefined): Promise<void> {
  const { options, dataset, untaught, cache } = bench;
  const items = await freeTexts('dev');
  const count = Math.min(SEARCH_CONTROLS, Math.floor(dataset.controls.length / 2));
  const controls = draw(dataset.controls, count, randomOf(options.seed));
  const rest = dataset.controls.filter((control) => !controls.includes(control));
  const all = allSystems(untaught, withoutQftT, cache, { rates: options.rates, items, controls });
  const chosen = all.filter(({ name }) => options.systems.length === 0 || options.systems.includes(name));
  await runLearning({ ...bench, dataset: { ...dataset, controls: rest } }, chosen);
}

/** Prints the report, and writes it and the plots where the options say. */
async function publish({ options, results: { findings } }: Bench): Promise<void> {
  const text = report(findings);
  process.stdout.write(text);
  if (options.markdown !== undefined) await writeTo(options.markdown, text);
  if (options.plots !== undefined) await drawPlots(findings, options.plots);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
