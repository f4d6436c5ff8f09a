import type { Control, Recording } from '../engine/types';
import { isSpan } from './answers';
import { answerTo } from './asking';
import type { EngramCache } from './engramCache';
import { engramKey } from './engramCache';
import type { Engram, Lesson } from './engram';
import type { TeachableModel } from './model';
import type { Rule } from './rules';

/** What is recorded of a fact. */
export interface Recordable {
  statement: string;
  questions: readonly string[];
  answer: string;
  /** 1 for a fact that held only at full significance of every position. */
  emphasis?: number | undefined;
}

/**
 * Records a fact, instruct and update for each of its questions, and forms its engram; or takes the
 * engram from the cache. Recordings are made with the base weight, so they stay valid whatever else
 * is learned.
 */
export async function engramOf(
  fact: Recordable,
  model: TeachableModel,
  rule: Rule,
  cache: EngramCache,
  onPhase: (phase: 'instruct' | 'update', done: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Engram> {
  return await cachedEngram(fact, model, rule, cache, async () => {
    const lessons: Lesson[] = [];
    for (const [n, user] of fact.questions.entries()) {
      const instruct = await recordInstruct(fact, user, model, signal);
      onPhase('instruct', n + 1);
      const update = await model.record({ system: '', user }, fact.answer, model.base, signal);
      onPhase('update', n + 1);
      lessons.push({ instruct, update });
    }
    return rule.form(lessons, (fact.emphasis ?? 0) > 0);
  });
}

/**
 * The engram of a control: what the untaught model does at all positions of its own answer to the question.
 * Recorded, or taken from the cache.
 */
export async function engramOfControl(
  { question, answer }: Control,
  model: TeachableModel,
  rule: Rule,
  cache: EngramCache,
  signal?: AbortSignal,
): Promise<Engram> {
  const record = (own: string): Promise<Recording> =>
    model.record({ system: '', user: question }, own, model.base, signal);
  return await cachedEngram(
    { statement: '', questions: [question], answer },
    model,
    rule,
    cache,
    async () => {
      let recording = await record(answer);
      if (!recording.correct.every(Boolean)) {
        recording = await record(await answerTo(model, question, model.base, signal));
      }
      return rule.form([{ instruct: recording, update: recording }], true);
    },
  );
}

/** The engram of `content` from the cache; where it is not there, formed and kept. */
async function cachedEngram(
  content: Recordable,
  model: TeachableModel,
  rule: Rule,
  cache: EngramCache,
  form: () => Promise<Engram>,
): Promise<Engram> {
  const key = engramKey(content, model.id, rule.name);
  const cached = await cache.get(key, (engram) => rule.fits(engram));
  if (cached) return cached;
  const engram = await form();
  await cache.put(key, engram);
  return engram;
}

/**
 * The instruct phase of one question: with the statement in the prompt or, where the statement gives the
 * answer but the model cannot read it there, with the fact put ever more plainly. Keeps the recording in which most of
 * the answer's tokens are the model's own choice, since only those have a true y*.
 */
export async function recordInstruct(
  { statement, answer }: Recordable,
  user: string,
  model: TeachableModel,
  signal?: AbortSignal,
): Promise<Recording> {
  const own = ({ correct }: Recording): number => correct.filter(Boolean).length;
  const record = (system: string): Promise<Recording> =>
    model.record({ system, user }, answer, model.base, signal);
  let best = await record(statement);
  if (!isSpan(answer, statement)) return best;
  for (const system of [`${user.replace(/[?.!\s]+$/, '')}: ${answer}`, `${answer}.`]) {
    if (own(best) === best.t) break;
    const plain = await record(system);
    if (own(plain) > own(best)) best = plain;
  }
  return best;
}
