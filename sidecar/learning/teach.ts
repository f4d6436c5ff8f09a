import { ModelError } from '../engine/errors';
import { sameAnswer } from './answers';
import type { Consolidation } from './consolidation';
import { contradiction, type Contradiction } from './contradiction';
import { endangered } from './endangered';
import type { Learnable, Learner } from './learner';
import { reasons, statementProblem } from './reasons';
import { Verifier, type OwnAnswer, type Verification } from './verify';

export type Phase = 'instruct' | 'update' | 'consolidate' | 'verify';

export interface TeachOptions {
  /** Ids of facts whose place the new one takes; they stay when the new one is not learned. */
  insteadOf?: readonly string[];
  onProgress?: (phase: Phase, done: number, total: number) => void;
  signal?: AbortSignal;
}

export interface Taught {
  learned: boolean;
  /** The fact as it must be kept; present when learned. */
  fact?: Learnable;
  answers: OwnAnswer[];
  reason?: string;
  /** The held fact that answers one of the questions differently. */
  conflict?: Contradiction;
  disturbed: string[];
  /** Control questions whose answers changed. */
  changedControls: string[];
}

/** Most endangered facts that a teaching asks. */
const MOST_ENDANGERED = 8;

/**
 * Teaches one fact as a transaction: instruct, update, consolidate, verify. A fact that does not hold
 * is tried once more at full significance of every position; if that fails too, if another fact is
 * lost, or if most controls change, everything is as before.
 */
export class Teacher {
  private readonly verifier: Verifier;

  constructor(private readonly learner: Learner) {
    this.verifier = new Verifier(learner.model);
  }

  async teach(fact: Learnable, options: TeachOptions = {}): Promise<Taught> {
    const refusal = refusalOf(fact);
    if (refusal !== undefined) return notLearned(refusal);
    const held = this.learner.facts.filter(({ id }) => !options.insteadOf?.includes(id));
    const conflict = contradiction(fact, held);
    if (conflict) return { ...notLearned(contradictionReason(conflict)), conflict };
    try {
      return await this.transact(fact, options);
    } catch (error) {
      if (error instanceof ModelError) return notLearned(error.message);
      throw error;
    }
  }

  private async transact(fact: Learnable, options: TeachOptions): Promise<Taught> {
    const first = await this.attempt(fact, options);
    if (first.learned) return first;
    if (first.answers.some(({ recalled }) => !recalled)) {
      const again = await this.attempt({ ...fact, emphasis: 1 }, options);
      if (again.learned) return again;
    }
    return await this.explain(fact, first, options.signal);
  }

  private async attempt(fact: Learnable, options: TeachOptions): Promise<Taught> {
    const { learner } = this;
    const { insteadOf = [], onProgress, signal } = options;
    const total = fact.questions.length;
    onProgress?.('instruct', 0, total);
    const engram = await learner.record(fact, signal, (phase, done) => onProgress?.(phase, done, total));
    onProgress?.('consolidate', 0, 1);
    const without = learner.consolidation.change([...insteadOf, fact.id]);
    const state = without.change([], new Map([[fact.id, engram]]));
    onProgress?.('consolidate', 1, 1);
    const verification = await this.verify(fact, without, state, options);
    signal?.throwIfAborted();
    const problem = this.problemIn(verification);
    if (problem !== undefined) return { ...verification, learned: false, reason: problem };
    learner.accept(fact, insteadOf, state);
    return { ...verification, learned: true, fact };
  }

  private verify(
    fact: Learnable,
    before: Consolidation,
    after: Consolidation,
    { onProgress, signal }: TeachOptions,
  ): Promise<Verification> {
    const byId = new Map(this.learner.facts.map((other) => [other.id, other]));
    const others = endangered(before, after, fact.id)
      .slice(0, MOST_ENDANGERED)
      .flatMap((id) => byId.get(id) ?? []);
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

  /** Sharpens the reason when the model cannot even read the answer off the statement. */
  private async explain(fact: Learnable, outcome: Taught, signal?: AbortSignal): Promise<Taught> {
    const failed = outcome.answers.find(({ recalled }) => !recalled);
    if (!failed) return outcome;
    const { answer } = await this.learner.ask(failed.question, {
      untaught: true,
      statement: fact.statement,
      signal,
    });
    if (sameAnswer(answer, fact.answer)) return outcome;
    return { ...outcome, reason: reasons.notInStatement(answer, fact.answer) };
  }
}

function contradictionReason({ question, fact }: Contradiction): string {
  return reasons.contradiction(question, fact.statement, fact.answer);
}

function refusalOf({ statement, questions, answer }: Learnable): string | undefined {
  const problem = statementProblem(statement);
  if (problem !== undefined) return problem;
  if (questions.length === 0) return reasons.noQuestion;
  return answer === '' ? reasons.noAnswer : undefined;
}

function notLearned(reason: string): Taught {
  return { learned: false, answers: [], reason, disturbed: [], changedControls: [] };
}
