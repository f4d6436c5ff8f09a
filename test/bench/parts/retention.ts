import { draw, randomOf } from '../../../sidecar/random';
import { consolidate } from '../../../sidecar/learning/consolidate';
import { Learner } from '../../../sidecar/learning/learner';
import { Teacher } from '../../../sidecar/learning/teach';
import { isRight, learnable, type Item } from '../data';
import { progress } from '../progress';
import { quantile, rate, type Count } from '../statistics';
import type { Bench } from './bench';
import type { RetentionRow } from './rows';

/** Groups of facts, by the order in which they were taught, that a session is divided into. */
const COHORTS = 10;

/** Teaches facts one after another and asks all of them after each cohort. */
export async function runRetention(bench: Bench): Promise<void> {
  const { options, dataset, results } = bench;
  const size = Math.min(options.session, dataset.items.length);
  const cohort = Math.ceil(size / COHORTS);
  for (const consolidated of [false, true]) {
    const random = randomOf(options.seed);
    const sessions: Session[] = [];
    for (let order = 0; order < options.draws; order++) {
      const cohorts = inCohorts(draw(dataset.items, size, random), cohort);
      sessions.push(await teachSession(bench, cohorts, consolidated));
      await results.put('retention', rowOf(sessions, { consolidated, facts: size, cohort }));
      progress(
        `retention: order ${order + 1}, ${consolidated ? 'consolidated' : 'not consolidated in between'}`,
      );
    }
  }
}

interface Session {
  retention: Count[][];
  teachMs: number[][];
  refused: Count;
}

async function teachSession(
  { untaught, newCache }: Bench,
  cohorts: readonly Item[][],
  consolidated: boolean,
): Promise<Session> {
  const learner = new Learner(untaught.model, 'margin', newCache());
  const teacher = new Teacher(learner);
  const retention: Count[][] = cohorts.map(() => []);
  const session: Session = { retention, teachMs: [], refused: { yes: 0, of: 0 } };
  for (const [t, cohort] of cohorts.entries()) {
    const times: number[] = [];
    for (const item of cohort) {
      const start = performance.now();
      const { learned } = await teacher.teach(learnable(item, session.refused.of++));
      times.push(performance.now() - start);
      if (!learned) session.refused.yes++;
    }
    session.teachMs.push(times);
    if (consolidated) await consolidate(learner);
    for (const [i, earlier] of cohorts.slice(0, t + 1).entries()) {
      const count = { yes: 0, of: earlier.length };
      for (const item of earlier)
        count.yes += Number(isRight((await learner.ask(item.question)).answer, item));
      retention[i]?.push(count);
    }
  }
  return session;
}

function rowOf(
  sessions: readonly Session[],
  about: Pick<RetentionRow, 'consolidated' | 'facts' | 'cohort'>,
): RetentionRow {
  const cohorts = sessions[0]?.retention ?? [];
  const retention = cohorts.map((row, i) =>
    row.map((_, t) => sum(sessions.map((session) => session.retention[i]?.[t] ?? { yes: 0, of: 0 }))),
  );
  return {
    key: about.consolidated ? 'consolidated' : 'not consolidated in between',
    ...about,
    retention,
    forgetting: forgettingOf(retention),
    refused: sum(sessions.map(({ refused }) => refused)),
    teachMs: cohorts.map((_, i) => {
      const times = sessions.flatMap(({ teachMs }) => teachMs[i] ?? []);
      return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
    }),
  };
}

/** Mean over cohorts, without the last, of its best recall less its last. */
export function forgettingOf(retention: readonly (readonly Count[])[]): number {
  const lost = retention
    .filter((row) => row.length > 1)
    .map((row) => Math.max(...row.map(rate)) - rate(row.at(-1) ?? { yes: 0, of: 0 }));
  return lost.length === 0 ? 0 : lost.reduce((total, share) => total + share, 0) / lost.length;
}

/** Recall by age: of all facts that were taught `age` cohorts ago, age 0 first. */
export function byAge(retention: readonly (readonly Count[])[]): Count[] {
  return retention.map((_, age) => sum(retention.flatMap((row) => row[age] ?? [])));
}

function sum(counts: readonly Count[]): Count {
  return counts.reduce((total, { yes, of }) => ({ yes: total.yes + yes, of: total.of + of }), {
    yes: 0,
    of: 0,
  });
}

function inCohorts(items: readonly Item[], size: number): Item[][] {
  const cohorts: Item[][] = [];
  for (let at = 0; at < items.length; at += size) cohorts.push(items.slice(at, at + size));
  return cohorts;
}
