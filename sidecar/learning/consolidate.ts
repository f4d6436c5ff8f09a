import type { Memory } from '../engine/types';
import { Breath } from './breath';
import type { Engram } from './engram';
import type { Learner } from './learner';
import { engramOfControl, type Learnable } from './record';
import { siblingControls } from './siblings';
import { isRecalled } from './verify';

export interface ConsolidateOptions {
  /** Controls are recorded once on a machine. Replay and verification begin with 0 and end with all done. */
  onProgress?: (phase: 'record' | 'replay' | 'verify', done: number, total: number) => void;
  signal?: AbortSignal;
}

export interface Consolidated {
  kept: boolean;
  /** Facts asked, and how many of them the new weight recalls. */
  asked: number;
  recalledAfter: number;
  /** How many the old weight recalls; it is not asked where the new one recalls all. */
  recalledBefore?: number;
  /** Ids of facts that are not recalled by the memory that was kept. */
  forgotten: string[];
}

/**
 * Replays all that a learner holds, asks all facts under the new weight and, where it does not recall them all, under
 * the old one, and takes over the new weight unless fewer facts are recalled by it.
 * @throws the signal's reason if it aborts; the learner is then as before
 */
export async function consolidate(
  learner: Learner,
  { onProgress, signal }: ConsolidateOptions = {},
): Promise<Consolidated> {
  const before = learner.consolidation;
  const recording = new Breath(signal, (done, total) => onProgress?.('record', done, total));
  const controls = await controlEngrams(learner, learner.facts, signal, recording);
  onProgress?.('replay', 0, 1);
  const breath = new Breath(signal, (done, total) => onProgress?.('replay', done, total));
  const after = await before.replayed(controls, breath);
  onProgress?.('replay', 1, 1);

  const asked = learner.facts.length;
  const isSame = after.memory.version === before.memory.version;
  const total = isSame ? asked : 2 * asked;
  const verified = (done: number): void => onProgress?.('verify', done, total);
  verified(0);
  const lostAfter = await forgotten(learner, after.memory, verified, signal);
  const lostBefore =
    isSame || lostAfter.length === 0
      ? undefined
      : await forgotten(learner, before.memory, (done) => verified(asked + done), signal);
  verified(total);
  const kept = lostAfter.length <= (lostBefore ?? lostAfter).length;
  if (kept) learner.adopt(after);
  const lost = kept ? lostAfter : (lostBefore ?? []);
  learner.note(new Map(learner.facts.map(({ id }) => [id, !lost.includes(id)])));
  return {
    kept,
    asked,
    recalledAfter: asked - lostAfter.length,
    ...(lostBefore && { recalledBefore: asked - lostBefore.length }),
    forgotten: lost,
  };
}

/** Ids of the held facts that `memory` does not recall. */
async function forgotten(
  { facts, model }: Learner,
  memory: Memory,
  step: (done: number) => void,
  signal?: AbortSignal,
): Promise<string[]> {
  const ids: string[] = [];
  for (const [n, fact] of facts.entries()) {
    if (!(await isRecalled(model, fact, memory, signal))) ids.push(fact.id);
    step(n + 1);
  }
  return ids;
}

/**
 * Engrams of the controls that facts are replayed with: the model's, and those of the facts' kinds where it brings any,
 * since only then it is known to abstain; none where its rule has no replay.
 */
export async function controlEngrams(
  learner: Learner,
  facts: readonly Learnable[],
  signal?: AbortSignal,
  breath = new Breath(signal),
): Promise<Engram[]> {
  const { model, cache, consolidation } = learner;
  if (!consolidation.rule.replay) return [];
  if (model.controls.length === 0) return [];
  const controls = [...model.controls, ...siblingControls(facts, model.config.qf2.abstention)];
  const engrams: Engram[] = [];
  for (const control of controls) {
    engrams.push(await engramOfControl(control, model, consolidation.rule, cache, signal));
    await breath.take(engrams.length, controls.length);
  }
  return engrams;
}
