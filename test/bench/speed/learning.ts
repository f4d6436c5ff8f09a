import { Model } from '../../../sidecar/engine/model';
import type { Memory } from '../../../sidecar/engine/types';
import { Consolidation } from '../../../sidecar/learning/consolidation';
import type { Engram } from '../../../sidecar/learning/engram';
import { EngramCache } from '../../../sidecar/learning/engramCache';
import { Learner } from '../../../sidecar/learning/learner';
import type { Learnable } from '../../../sidecar/learning/record';
import { Teacher } from '../../../sidecar/learning/teach';
import type { TeachableModel } from '../../../sidecar/learning/teachableModel';
import { progress } from '../progress';
import { quantile } from '../statistics';
import { randomEngrams } from './manyFacts';
import { standIn } from './standIn';
import { timed, times } from '../timing';

const QUESTION = 'What is the staging database of the billing service called?';
const FACT: Learnable = {
  id: 'bench',
  statement: 'The staging database of the billing service is called blue-heron-42.',
  questions: [QUESTION],
  answer: 'blue-heron-42',
  enabled: true,
  taughtAt: new Date(0).toISOString(),
};

/** What learning costs on a model, in milliseconds; medians. */
export interface LearningCost {
  readonly facts: number;
  readonly teachMs: number;
  readonly foldMs: number;
  /** Until the first token of an answer, with nothing taught and with all facts. */
  readonly firstTokenMs: number;
  readonly firstTokenMsWithFacts: number;
  /** Until the answer's last token. */
  readonly answerMs: number;
  readonly answerMsWithFacts: number;
  /** Until the answer's source is found too. */
  readonly askMs: number;
  readonly askMsWithFacts: number;
}

/**
 * Teaches one fact, and asks with nothing taught and with so many facts. The weights may be random, see standIn.ts;
 * the many facts are random, see manyFacts.ts.
 */
export async function learningCost(folder: string, facts: number, repeats: number): Promise<LearningCost> {
  const real = await Model.load(folder);
  try {
    const model = standIn(real, FACT.answer);
    const teach = await times(repeats, () => teachOnce(model));
    progress('taught');
    const empty = learnerOf(model);
    const full = learnerOf(model);
    // The fact that is asked about is one of them.
    const engrams = new Map<string, Engram>([
      ...randomEngrams(model.config, facts - 1),
      [FACT.id, await full.record(FACT)],
    ]);
    const foldMs = await timed(() => {
      full.adopt(Consolidation.empty(model, 'margin').change([], engrams));
      return Promise.resolve(full.memory);
    });
    progress(`folded ${facts} facts`);
    const first = (memory: Memory): Promise<unknown> =>
      real.generate({ system: '', user: QUESTION }, memory, { maxTokens: 1 });
    const answer = (memory: Memory): Promise<unknown> =>
      model.generate({ system: '', user: QUESTION }, memory);
    const medians = await alternating(repeats, [
      () => first(empty.memory),
      () => first(full.memory),
      () => answer(empty.memory),
      () => answer(full.memory),
      () => empty.ask(QUESTION),
      () => askForSource(full),
    ]);
    const [firstTokenMs = 0, firstTokenMsWithFacts = 0, answerMs = 0, answerMsWithFacts = 0, ...asked] =
      medians;
    const [askMs = 0, askMsWithFacts = 0] = asked;
    return {
      facts,
      teachMs: quantile(teach, 0.5),
      foldMs,
      firstTokenMs,
      firstTokenMsWithFacts,
      answerMs,
      answerMsWithFacts,
      askMs,
      askMsWithFacts,
    };
  } finally {
    await real.dispose();
  }
}

/** Asks; where random weights bring no source about, asks the untaught model too, as is done where there is one. */
async function askForSource(learner: Learner): Promise<void> {
  const { model } = learner;
  const { fired, answer } = await learner.ask(QUESTION);
  if (fired.length === 0) await model.record({ system: '', user: QUESTION }, answer, model.base);
}

/** @throws Error if the fact is not learned */
async function teachOnce(model: TeachableModel): Promise<void> {
  const { learned, reason } = await new Teacher(learnerOf(model)).teach(FACT);
  if (!learned) throw new Error(`The bench's fact was not learned: ${reason ?? ''}`);
}

function learnerOf(model: TeachableModel): Learner {
  return new Learner(model, 'margin', new EngramCache(undefined, () => undefined));
}

/** Median milliseconds of each task, all in turn, again and again; the first round does not count. */
async function alternating(repeats: number, tasks: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const all = tasks.map((): number[] => []);
  for (let n = 0; n <= repeats; n++) {
    for (const [i, task] of tasks.entries()) {
      const ms = await timed(task);
      if (n > 0) all[i]?.push(ms);
    }
  }
  return all.map((ms) => quantile(ms, 0.5));
}
