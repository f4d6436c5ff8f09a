import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { byAge } from '../parts/retention';
import type { Findings } from '../results';
import { rate, wilson, type Count } from '../statistics';
import { AT_ONCE, CONSOLIDATED, HEBBIAN, IN_PROMPT, RETRIEVAL, WHOLE_PROMPT } from '../systems/names';
import { chart, type Point } from './chart';

const PANELS = [
  ['recall', 'Recall'],
  ['localityOut', 'Locality: controls unchanged'],
  ['neighbourhood', 'Neighbours unchanged'],
] as const;
/** Fewer than all, so that lines can be told apart; the table has the others. */
const DRAWN = [CONSOLIDATED, AT_ONCE, HEBBIAN, IN_PROMPT, RETRIEVAL, WHOLE_PROMPT];

/** Draws what there is to draw into a folder. @returns the files written */
export async function drawPlots(findings: Findings, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  const save = async (name: string, png: Uint8Array): Promise<void> => {
    written.push(join(folder, name));
    await writeFile(join(folder, name), png);
  };
  if (findings.learning.length > 0) await save('facts.png', await factsPlot(findings));
  if (findings.retention.length > 0) await save('retention.png', await retentionPlot(findings));
  return written;
}

/** Recall and locality against the number of facts. */
function factsPlot({ learning }: Findings): Promise<Uint8Array> {
  const panels = PANELS.map(([measure, title]) => ({
    title,
    points: learning.flatMap(({ system, facts, measures }) =>
      DRAWN.includes(system) ? pointOf(system, facts, measures[measure]) : [],
    ),
  }));
  return chart({ panels, x: 'facts taught', log: true, series: DRAWN });
}

/** Recall against how many facts were taught since. */
function retentionPlot({ retention }: Findings): Promise<Uint8Array> {
  const points = retention.flatMap(({ key, cohort, retention: matrix }) =>
    byAge(matrix).flatMap((count, age) => pointOf(key, age * cohort, count)),
  );
  const series = retention.map(({ key }) => key);
  return chart({ panels: [{ title: 'Recall by age', points }], x: 'facts taught since', log: false, series });
}

function pointOf(series: string, x: number, count: Count | undefined): Point[] {
  if (!count || count.of === 0) return [];
  const [low, high] = wilson(count);
  return [{ series, x, y: rate(count), low, high }];
}
