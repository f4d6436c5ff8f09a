import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { Model } from '../engine/model';
import { draw, randomOf } from '../random';
import { print, printError, writeJson } from './commands';
import { UsageError, type Options } from './options';
import { doSteps, OXINNOVATE, Pair, type Step } from './steps';
import { table } from './table';

/** Does the eight steps for Oxinnovate, and for --pairs other pairs. Fails when a step does. */
export async function eightSteps(options: Options): Promise<number> {
  if (options.args.length > 0) throw new UsageError('Usage: quickfire eight-steps [--pairs N] [--seed N]');
  const pairs = options.pairs > 0 ? await drawPairs(options) : [];
  const model = await Model.load(options.modelDir, { executionProvider: options.provider, log: printError });
  try {
    const steps = await doSteps(OXINNOVATE, model, options.rule);
    print(stepTable(steps));
    const passed = steps.every((step) => step.passed);
    print(`\nOxinnovate: ${tally(steps)}`);
    const others: { pair: Pair; steps: Step[] }[] = [];
    for (const pair of pairs) {
      others.push({ pair, steps: await doSteps(pair, model, options.rule) });
      print(pairLine(pair, others.at(-1)?.steps ?? []));
    }
    const whole = others.filter(({ steps: own }) => own.every((step) => step.passed)).length;
    if (pairs.length > 0)
      print(`\n${whole} of ${pairs.length} other pairs pass all eight steps (seed ${options.seed})`);
    await writeJson(options.json, { oxinnovate: steps, seed: options.seed, passed: whole, pairs: others });
    return passed && whole === pairs.length ? 0 : 1;
  } finally {
    await model.dispose();
  }
}

async function drawPairs({ data, pairs, seed }: Options): Promise<Pair[]> {
  const path = data ?? join(__dirname, '..', 'test', 'data', 'eight-steps.json');
  const all = z.array(Pair).parse(JSON.parse(await readFile(path, 'utf8')));
  if (all.length < pairs) throw new UsageError(`${path} contains only ${all.length} pairs.`);
  return draw(all, pairs, randomOf(seed));
}

function stepTable(steps: readonly Step[]): string {
  const rows = steps.map(({ step, prompt, expected, answer, ms, passed }) => [
    step,
    prompt,
    expected,
    answer,
    Math.round(ms),
    passed ? 'ok' : 'FAILED',
  ]);
  return table(['step', 'prompt', 'expected', 'answer', 'ms', ''], rows);
}

function pairLine({ question }: Pair, steps: readonly Step[]): string {
  const failed = steps.filter(({ passed }) => !passed);
  const details = failed.map(
    ({ step, expected, answer }) => `\n  step ${step}: expected "${expected}", got "${answer}"`,
  );
  return `${tally(steps)}  ${question}${details.join('')}`;
}

function tally(steps: readonly Step[]): string {
  return `${steps.filter(({ passed }) => passed).length} of ${steps.length}`;
}
