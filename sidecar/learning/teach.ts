import { ModelError } from '../engine/errors';
import { answeredOtherwise } from './answeredOtherwise';
import { isSpan, sameAnswer } from './answers';
import { Breath } from './breath';
import { controlEngrams } from './consolidate';
import { MOST_AT_ONCE, type Consolidation } from './consolidation';
import { contradiction, type Contradiction } from './contradiction';
import { endangered } from './endangered';
import type { Learner } from './learner';
import { reasons, statementProblem } from './reasons';
import type { Learnable } from './record';
import { Verifier, type OwnAnswer, type Verification } from './verify';

export type Phase = 'instruct' | 'update' | 'consolidate' | 'verify';

export interface TeachOptions {
  /** Ids of facts whose place the new one takes; they stay when the new one is not learned. */
  insteadOf?: readonly string[];
  /** Enabled facts that may not be held, and that it must not contradict either. */
  others?: readonly Learnable[];
  /** Whether it is not taught either where the memory answers a question otherwise, from a fact asked in other words. */
  askFirst?: boolean | undefined;
  onProgress?: (phase: Phase, done: number, total: number) => void;
  signal?: AbortSignal;
}

export interface Taught {
  learned: boolean;
  /** The fact as it must be kept; present when learned. */
  fact?: Learnable;
  answers: OwnAnswer[];
  reason?: string;
  /** The fact that answers one of the questions differently. */
  conflict?: Contradiction;
}

/** Most endangered facts that a teaching asks. */
const MOST_ENDANGERED = 8;

/**
 * Teaches one fact as a transaction: instruct, update, consolidate, verify. A fact that does not hold
 * is tried once more at full significance of every position; if that fails too, or if another fact is lost, all
 * facts are replayed together with it, which gives each its room. If that does not help either, or if most
 * controls change, everything is as before.
 */
export class Teacher {
  private readonly verifier: Verifier;

  constructor(private readonly learner: Learner) {
    this.verifier = new Verifier(learner.model, learner.consolidation.rule);
  }

  async teach(fact: Learnable, options: TeachOptions = {}): Promise<Taught> {
    const refusal = refusalOf(fact);
    if (refusal !== undefined) return notLearned(refusal);
    const { insteadOf = [], others = [], askFirst = false, signal } = options;
    const kept = [...this.learner.facts, ...others].filter(({ id }) => !insteadOf.includes(id));
    const conflict = contradiction(fact, kept);
    if (conflict) return contradicted(conflict);
    try {
      const known = askFirst && (await answeredOtherwise(fact, this.learner, insteadOf, signal));
      return known ? contradicted(known) : await this.transact(fact, options);
    } catch (error) {
      if (error instanceof ModelError) return notLearned(error.message);
      throw error;
    }
  }

  private async transact(fact: Learnable, options: TeachOptions): Promise<Taught> {
    const together = this.mustReplay(fact, options);
    let tried = fact;
    const first = await this.attempt(tried, options, together);
    if (first.learned) return first;
    if (first.answers.some(({ recalled }) => !recalled)) {
      tried = { ...fact, emphasis: 1 };
      const again = await this.attempt(tried, options, together);
      if (again.learned) return again;
    }
    const unread = await this.unread(fact, first, options.signal);
    // An answer that stands in the statement was recorded more plainly where the model cannot read it there.
    const isRecorded = unread === undefined || isSpan(fact.answer, fact.statement);
    const { rule, engrams } = this.learner.consolidation;
    if (isRecorded && !together && rule.replay && engrams.size > 0) {
      const replayed = await this.attempt(tried, options, true);
      if (replayed.learned) return replayed;
    }
    return unread === undefined ? first : { ...first, reason: unread };
  }

  /** Whether the facts that are to go are settled ones without which too many others would be written in one shot. */
  private mustReplay(fact: Learnable, { insteadOf = [] }: TeachOptions): boolean {
    const { consolidation } = this.learner;
    const without = consolidation.change([...insteadOf, fact.id]);
    return without.unsettled > MOST_AT_ONCE && !without.hasReplayOf(consolidation);
  }

  /** @param together replays all facts with the new one, instead of writing it on top of them */
  private async attempt(fact: Learnable, options: TeachOptions, together = false): Promise<Taught> {
    const { learner } = this;
    const { insteadOf = [], onProgress, signal } = options;
    const total = fact.questions.length;
    onProgress?.('instruct', 0, total);
    const engram = await learner.record(fact, signal, (phase, done) => onProgress?.(phase, done, total));
    onProgress?.('consolidate', 0, 1);
    const before = learner.consolidation;
    const without = before.change([...insteadOf, fact.id]);
    let state = without.change([], new Map([[fact.id, engram]]));
    if (together) {
      const breath = new Breath(signal, (done, all) => onProgress?.('consolidate', done, all));
      const held = learner.facts.filter(({ id }) => id !== fact.id && without.engrams.has(id));
      state = await state.replayed(await controlEngrams(learner, [...held, fact], signal), breath);
    }
    onProgress?.('consolidate', 1, 1);
    // Without a settled fact the others are written at once, which may lose any of them.
    const isRewritten = together || !without.hasReplayOf(before);
    const asked = isRewritten
      ? [...without.engrams.keys()]
      : endangered(before, state).slice(0, MOST_ENDANGERED);
    const verification = await this.verify(fact, asked, before, state, options);
    signal?.throwIfAborted();
    const { answers, recalled } = verification;
    const problem = this.problemIn(verification);
    if (problem !== undefined) return { learned: false, answers, reason: problem };
    learner.accept(fact, insteadOf, state);
    learner.note(recalled);
    return { learned: true, answers, fact };
  }

  /** @param asked ids of the other facts that must not be lost */
  private verify(
    fact: Learnable,
    asked: readonly string[],
    before: Consolidation,
    after: Consolidation,
    { onProgress, signal }: TeachOptions,
  ): Promise<Verification> {
    const byId = new Map(this.learner.facts.map((other) => [other.id, other]));
    const others = asked.flatMap((id) => byId.get(id) ?? []);
    const step = (done: number, total: number): void => onProgress?.('verify', done, total);
    return this.verifier.verify(fact, others, after.memory, before.memory, step, signal);
  }

  private problemIn({ answers, disturbed, changedControls, controls }: Verification): string | undefined {
    const failed = answers.find(({ recalled }) => !recalled);
    if (failed) return reasons.notRecalled(failed.question, failed.answer);
    if (disturbed.length > 0) {
      const lost = this.learner.facts.filter(({ id }) => disturbed.includes(id));
      return reasons.disturbed(lost.map(({ statement }) => statement));
    }
    return changedControls.length * 2 > controls ? reasons.controlsChanged(changedControls) : undefined;
  }

  /** Says so if the model cannot even read the answer off the statement. */
  private async unread(
    fact: Learnable,
    { answers }: Taught,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const failed = answers.find(({ recalled }) => !recalled);
    if (!failed) return undefined;
    const { answer } = await this.learner.ask(failed.question, {
      untaught: true,
      statement: fact.statement,
      signal,
    });
    return sameAnswer(answer, fact.answer)
      ? undefined
      : reasons.notInStatement(answer, fact.answer, fact.statement);
  }
}

/** How the teaching of a fact ends that another one contradicts. */
export function contradicted(conflict: Contradiction): Taught {
  const { question, fact } = conflict;
  return { ...notLearned(reasons.contradiction(question, fact.statement, fact.answer)), conflict };
}

function refusalOf({ statement, questions, answer }: Learnable): string | undefined {
  const problem = statementProblem(statement);
  if (problem !== undefined) return problem;
  if (questions.length === 0) return reasons.noQuestion;
  return answer === '' ? reasons.noAnswer : undefined;
}

function notLearned(reason: string): Taught {
  return { learned: false, answers: [], reason };
}
