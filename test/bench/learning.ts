/**
 * How well the model learns held-out facts: npm run bench:learning -- [--json OUT] [--model FOLDER]
 * [--facts 1,10,30] [--draws 3] [--singles 20] [--controls 40] [--seed 1]
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Model } from '../../sidecar/engine/model';
import { RULES, type RuleName } from '../../sidecar/learning/rules';
import { shippedModel } from '../../sidecar/cli/options';
import { draw, randomOf } from '../../sidecar/cli/random';
import { percent, table } from '../../sidecar/cli/table';
import { controls as readControls, heldOut } from './data';
import { draws, emptyOutcomes, measure, Untaught, type Outcomes } from './measure';
import { quantile, rate, wilson } from './statistics';

const RATES = [
  'recall',
  'recallBound',
  'paraphrase',
  'paraphraseBound',
  'localityOut',
  'neighbourhood',
  'abstentionLost',
] as const;
const EXTRA = ['distractor', 'deletionExact', 'orderIndependent'] as const;

interface Result {
  facts: number;
  outcomes: Outcomes;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      model: { type: 'string', default: shippedModel() },
      facts: { type: 'string', default: '1,10,30' },
      draws: { type: 'string', default: '3' },
      singles: { type: 'string', default: '20' },
      controls: { type: 'string', default: '40' },
      seed: { type: 'string', default: '1' },
    },
  });
  const model = await Model.load(values.model);
  const random = randomOf(Number(values.seed));
  const all = await heldOut();
  const controls = draw(await readControls(), Number(values.controls), random);
  const sets = values.facts
    .split(',')
    .map(Number)
    .map((size) => draws(all, size, Number(size === 1 ? values.singles : values.draws), random));
  const untaught = new Untaught(model);
  const results = new Map<RuleName, Result[]>();
  for (const rule of RULES) {
    const rows: Result[] = [];
    for (const set of sets) {
      const outcomes = emptyOutcomes();
      for (const facts of set) await measure(facts, controls, model, rule, untaught, outcomes);
      rows.push({ facts: set[0]?.length ?? 0, outcomes });
      process.stderr.write(`${rule}, ${rows.at(-1)?.facts ?? 0} facts: done\n`);
    }
    results.set(rule, rows);
  }
  process.stdout.write(`${printed(results)}\n`);
  if (values.json !== undefined)
    await writeFile(values.json, `${JSON.stringify(asJson(results), undefined, 2)}\n`);
  await model.dispose();
}

function printed(results: ReadonlyMap<RuleName, Result[]>): string {
  const heading = ['rule', 'facts', ...RATES, ...EXTRA, 'bytes/fact', 'ms/fact p50', 'p95'];
  const rows = [...results].flatMap(([rule, list]) =>
    list.map(({ facts, outcomes }) => {
      const perFact = outcomes.learnMs.map((ms) => ms / facts);
      const last = [
        quantile(outcomes.bytesPerFact, 0.5),
        Math.round(quantile(perFact, 0.5)),
        Math.round(quantile(perFact, 0.95)),
      ];
      return [rule, facts, ...[...RATES, ...EXTRA].map((name) => withInterval(outcomes[name])), ...last];
    }),
  );
  return table(heading, rows);
}

function withInterval(outcomes: readonly boolean[]): string {
  const [low, high] = wilson(outcomes).map((bound) => Math.round(bound * 100));
  return `${percent(rate(outcomes))} (${low ?? 0}-${high ?? 0})`;
}

function asJson(results: ReadonlyMap<RuleName, Result[]>): unknown {
  const rows = (list: readonly Result[], names: readonly (keyof Outcomes)[]): unknown[] =>
    list.map(({ facts, outcomes }) => ({
      facts,
      ...Object.fromEntries(names.map((name) => [name, rate(outcomes[name] as boolean[])])),
    }));
  const details = (list: readonly Result[]): unknown[] =>
    list.map(({ facts, outcomes }) => ({
      facts,
      ...Object.fromEntries(EXTRA.map((name) => [name, rate(outcomes[name])])),
      intervals: Object.fromEntries(RATES.map((name) => [name, wilson(outcomes[name])])),
      bytesPerFact: quantile(outcomes.bytesPerFact, 0.5),
      learnMs: outcomes.learnMs,
    }));
  return {
    rule: Object.fromEntries([...results].map(([rule, list]) => [rule, rows(list, RATES)])),
    details: Object.fromEntries([...results].map(([rule, list]) => [rule, details(list)])),
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
