import type { Control, Recording } from '../engine/types';
import { isSpan } from './answers';
import { answerTo } from './asking';
import type { EngramCache } from './engramCache';
import { engramKey } from './engramCache';
import type { Engram, Lesson } from './engram';
import type { Rule } from './rules';
import type { TeachableModel } from './teachableModel';
import { otherWordings } from './wordings';

/** What is recorded of a fact. */
export interface Recordable {
  statement: string;
  questions: readonly string[];
  answer: string;
  /** 1 for a fact that held only at full significance of every position. */
  emphasis?: number | undefined;
}

/** A fact as the learner sees it. */
export interface Learnable extends Recordable {
  id: string;
  enabled: boolean;
  /** ISO 8601; of two facts that contradict, the one taught first is learned. */
  taughtAt: string;
}

/**
 * Records a fact, instruct and update for each of its questions and their other wordings, and forms its
 * engram; or takes the engram from the cache. Recordings are made with the base weight, so they stay valid
 * whatever else is learned.
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
      if (rule.bindsWordings) lessons.push(...(await recordWordings(fact, user, instruct, model, signal)));
    }
    return rule.form(lessons, (fact.emphasis ?? 0) > 0);
  });
}

/**
 * The update phase for other wordings of a question, bound to what the question's own statement fired. Only the
 * first position of each is kept: after the answer's first token it, not the wording, says what comes next.
 */
async function recordWordings(
  { answer }: Recordable,
  question: string,
  instruct: Recording,
  model: TeachableModel,
  signal?: AbortSignal,
): Promise<Lesson[]> {
  const lessons: Lesson[] = [];
  for (const user of otherWordings(question)) {
    const update = await model.record({ system: '', user }, answer, model.base, signal, 1);
    lessons.push({ instruct: firstPosition(instruct), update });
  }
  return lessons;
}

/** A recording of the answer's first token only; its arrays are views. */
function firstPosition(recording: Recording): Recording {
  const { t, tokens, keys, codes, pre, probability, correct } = recording;
  return {
    tokens: tokens.slice(0, 1),
    keys: keys.subarray(0, keys.length / t),
    codes: {
      ...codes,
      index: codes.index.subarray(0, codes.active),
      value: codes.value.subarray(0, codes.active),
    },
    pre: pre.subarray(0, pre.length / t),
    probability: probability.subarray(0, 1),
    correct: correct.slice(0, 1),
    t: 1,
  };
}

/** The engram of a control: what the untaught model does at all positions of its own answer; recorded, or from the cache. */
export async function engramOfControl(
  control: Control,
  model: TeachableModel,
  rule: Rule,
  cache: EngramCache,
  signal?: AbortSignal,
): Promise<Engram> {
  const { question, answer } = control;
  return await cachedEngram(
    { statement: '', questions: [question], answer },
    model,
    rule,
    cache,
    async () => {
      const { recording } = await recordOwn(control, model, signal);
      return rule.form([{ instruct: recording, update: recording }], true);
    },
  );
}

/** The untaught model's own answer to a control, recorded. @param control its answer is what that probably is */
export async function recordOwn(
  { question, answer }: Control,
  model: TeachableModel,
  signal?: AbortSignal,
): Promise<{ answer: string; recording: Recording }> {
  const record = (own: string): Promise<Recording> =>
    model.record({ system: '', user: question }, own, model.base, signal);
  const recording = await record(answer);
  if (recording.correct.every(Boolean)) return { answer, recording };
  const own = await answerTo(model, question, model.base, signal);
  return { answer: own, recording: await record(own) };
}

/** The engram of `content` from the cache; where it is not there, formed and kept. */
async function cachedEngram(
  content: Recordable,
  model: TeachableModel,
  rule: Rule,
  cache: EngramCache,
  form: () => Promise<Engram>,
): Promise<Engram> {
  const key = engramKey(content, model, rule.name);
  const cached = await cache.get(key, (engram) => rule.fits(engram));
  if (cached) return cached;
  const engram = await form();
  await cache.put(key, engram);
  return engram;
}

/**
 * The instruct phase of one question: with the statement in the prompt and, where the statement gives the answer
 * but the model cannot read all of it there, with the fact put ever more plainly. Each position is taken from the
 * first recording in which its token is the model's own choice, since only such a firing is a true y*.
 */
export async function recordInstruct(
  { statement, answer }: Recordable,
  user: string,
  model: TeachableModel,
  signal?: AbortSignal,
): Promise<Recording> {
  const record = (system: string): Promise<Recording> =>
    model.record({ system, user }, answer, model.base, signal);
  const recording = await record(statement);
  if (!isSpan(answer, statement)) return recording;
  for (const system of [`${user.replace(/[?.!\s]+$/, '')}: ${answer}`, `${answer}.`]) {
    if (recording.correct.every(Boolean)) break;
    mend(recording, await record(system));
  }
  return recording;
}

/** Takes over the positions that only `other`, a recording of the same answer, has right. */
function mend(recording: Recording, other: Recording): void {
  const { t, keys, pre, codes } = recording;
  for (let position = 0; position < t; position++) {
    if (recording.correct[position] || !other.correct[position]) continue;
    copyRow(keys, other.keys, position, t);
    copyRow(pre, other.pre, position, t);
    copyRow(codes.index, other.codes.index, position, t);
    copyRow(codes.value, other.codes.value, position, t);
    copyRow(recording.probability, other.probability, position, t);
    recording.correct[position] = true;
  }
}

/** Copies one of the `t` rows of a matrix into another of the same shape. */
function copyRow<A extends Float32Array | Uint16Array>(to: A, from: A, row: number, t: number): void {
  const width = to.length / t;
  to.set(from.subarray(row * width, (row + 1) * width), row * width);
}
