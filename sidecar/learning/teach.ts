import { ModelError } from '../engine/errors';
import type { Memory } from '../engine/types';
import { questionKey, sameAnswer } from './answers';
import { contradiction, type Learnable, type Learner } from './learner';
import { reasons, statementProblem } from './reasons';
import { CONTROL_QUESTIONS } from './controls';
import { Verifier, type OwnAnswer, type Verification } from './verify';

export type Phase = 'instruct' | 'update' | 'consolidate' | 'verify';

export interface TeachOptions {
  /** Id of the fact that the new one replaces; it stays when the new one is not learned. */
  replaces?: string;
  onProgress?: (phase: Phase, done: number, total: number) => void;
  signal?: AbortSignal;
}

export interface Taught {
  learned: boolean;
  /** The fact as it must be kept; present when learned. */
  fact?: Learnable;
  answers: OwnAnswer[];
  reason?: string;
  disturbed: string[];
  /** Control questions whose answers changed. */
  changedControls: string[];
}

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
    const refusal = refusalOf(fact) ?? this.contradictionOf(fact, options.replaces);
    if (refusal !== undefined) return notLearned(refusal);
    try {
      return await this.transact(fact, options);
    } catch (error) {
      if (error instanceof ModelError) return notLearned(error.message);
      throw error;
    }
  }

  private async transact(fact: Learnable, options: TeachOptions): Promise<Taught> {
    const { consolidation } = this.learner;
    const touched = [fact.id, ...(options.replaces === undefined ? [] : [options.replaces])];
    const before = touched.map((id) => ({ id, engram: consolidation.engrams.get(id) }));
    let accepted = false;
    try {
      let outcome = await this.attempt(fact, options);
      if (!outcome.learned && outcome.answers.some(({ recalled }) => !recalled)) {
        const again = await this.attempt({ ...fact, emphasis: 1 }, options);
        if (again.learned) outcome = again;
      }
      accepted = outcome.learned;
      return outcome.learned ? outcome : await this.explain(fact, outcome, options.signal);
    } finally {
      if (!accepted) {
        for (const { id, engram } of before) {
          if (engram) consolidation.set(id, engram);
          else consolidation.delete(id);
        }
      }
    }
  }

  private async attempt(fact: Learnable, { replaces, onProgress, signal }: TeachOptions): Promise<Taught> {
    const { learner } = this;
    const total = fact.questions.length;
    onProgress?.('instruct', 0, total);
    const engram = await learner.record(fact, signal, (phase, done) => onProgress?.(phase, done, total));
    onProgress?.('consolidate', 0, 1);
    if (replaces !== undefined) learner.consolidation.delete(replaces);
    learner.consolidation.set(fact.id, engram);
    const memory = learner.consolidation.fold();
    onProgress?.('consolidate', 1, 1);
    const verification = await this.verify(fact, memory, { replaces, onProgress, signal });
    const problem = this.problemIn(verification);
    if (problem !== undefined) return { ...verification, learned: false, reason: problem };
    learner.accept(fact, replaces, memory);
    return { ...verification, learned: true, fact };
  }

  private verify(fact: Learnable, memory: Memory, options: TeachOptions): Promise<Verification> {
    const { learner } = this;
    const others = learner.facts.filter(({ id }) => id !== fact.id && id !== options.replaces);
    const step = (done: number, total: number): void => options.onProgress?.('verify', done, total);
    return this.verifier.verify(fact, others, memory, learner.memory, step, options.signal);
  }

  private problemIn({ answers, disturbed, changedControls }: Verification): string | undefined {
    const failed = answers.find(({ recalled }) => !recalled);
    if (failed) return reasons.notRecalled(failed.question, failed.answer);
    if (disturbed.length > 0) {
      const lost = this.learner.facts.filter(({ id }) => disturbed.includes(id));
      return reasons.disturbed(lost.map(({ statement }) => statement));
    }
    if (changedControls.length * 2 > CONTROL_QUESTIONS.length)
      return reasons.controlsChanged(changedControls);
    return undefined;
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

  private contradictionOf(fact: Learnable, replaces: string | undefined): string | undefined {
    const others = this.learner.facts.filter(({ id }) => id !== fact.id && id !== replaces);
    const byQuestion = new Map(
      others.flatMap((other) => other.questions.map((q) => [questionKey(q), other])),
    );
    const rival = contradiction(fact, (key) => byQuestion.get(key));
    return rival && reasons.contradiction(rival.question, rival.fact.statement, rival.fact.answer);
  }
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
