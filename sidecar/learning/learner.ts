import { messageOf } from '../engine/errors';
import type { Memory } from '../engine/types';
import { oneLine } from './answers';
import { askLearned, type Asked, type AskOptions } from './askLearned';
import { Breath } from './breath';
import { Consolidation } from './consolidation';
import { withoutContradictions } from './contradiction';
import type { Engram } from './engram';
import { engramKey, type EngramCache } from './engramCache';
import { engramOf, type Learnable } from './record';
import { Spelling } from './spelling';
import type { RuleName } from './rules';
import type { TeachableModel } from './teachableModel';

/** A fact with its texts as questions are asked and answers are compared, however its file has them. */
function asAsked(fact: Learnable): Learnable {
  const { statement, questions, answer } = fact;
  return {
    ...fact,
    statement: oneLine(statement),
    questions: questions.map(oneLine),
    answer: oneLine(answer),
  };
}

/**
 * A model and what it has learned. Changes are made one at a time by the caller; questions may be
 * asked meanwhile and see the state before the change.
 */
export class Learner {
  private readonly held = new Map<string, { key: string; fact: Learnable }>();
  private problems = new Map<string, string>();
  private readonly forgotten = new Set<string>();
  /** Held facts that were written since they were last asked, by themselves or with all others. */
  private readonly unasked = new Set<string>();
  private state: Consolidation;
  /** How the facts of a state spell things; found when it is first asked. */
  private spelled: { of: Consolidation; spelling: Spelling } | undefined;

  constructor(
    readonly model: TeachableModel,
    ruleName: RuleName,
    readonly cache: EngramCache,
  ) {
    this.state = Consolidation.empty(model, ruleName);
  }

  /** What was learned; replaced as a whole when a change is complete. */
  get consolidation(): Consolidation {
    return this.state;
  }

  /** The weight as questions see it. */
  get memory(): Memory {
    return this.state.memory;
  }

  /** The facts that the memory contains. */
  get facts(): Learnable[] {
    return [...this.held.values()].map(({ fact }) => fact);
  }

  isLearned(id: string): boolean {
    return this.held.has(id);
  }

  /** Why an enabled fact is not learned. */
  problemOf(id: string): string | undefined {
    return this.problems.get(id);
  }

  /** How many held facts were written since they were last asked. */
  get unverified(): number {
    return this.unasked.size;
  }

  /** Whether a held fact did not give its answer when last asked. */
  isForgotten(id: string): boolean {
    return this.forgotten.has(id);
  }

  /** Takes note of which held facts gave their answers, of those that were asked. */
  note(recalled: ReadonlyMap<string, boolean>): void {
    for (const [id, isRecalled] of recalled) {
      this.unasked.delete(id);
      if (isRecalled) this.forgotten.delete(id);
      else this.forgotten.add(id);
    }
  }

  /**
   * Makes the memory hold exactly the enabled ones of `facts`. A fact that fails gets a problem.
   * @param onProgress told how many of the facts that are new have been read; at the end, all
   */
  async sync(
    facts: readonly Learnable[],
    signal?: AbortSignal,
    onProgress?: (done: number, total: number) => void,
  ): Promise<void> {
    const { wanted, problems } = withoutContradictions(facts.map(asAsked));
    const fresh = wanted.filter((fact) => this.held.get(fact.id)?.key !== this.keyOf(fact));
    const staged = new Map<string, Engram>();
    const breath = new Breath(signal, onProgress);
    for (const [n, fact] of fresh.entries()) {
      await breath.take(n, fresh.length);
      try {
        staged.set(fact.id, await this.record(fact, signal));
      } catch (error) {
        signal?.throwIfAborted();
        // Whatever it was, the other facts are learned.
        problems.set(fact.id, messageOf(error));
      }
    }
    onProgress?.(fresh.length, fresh.length);
    const keep = new Map(wanted.filter(({ id }) => !problems.has(id)).map((fact) => [fact.id, fact]));
    const removed = [...this.held.keys()].filter((id) => !keep.has(id));
    const before = this.state;
    this.state = before.change(removed, staged);
    for (const id of removed) this.drop(id);
    for (const [id, fact] of keep) this.held.set(id, { key: this.keyOf(fact), fact });
    const written = this.state.hasReplayOf(before) ? staged.keys() : keep.keys();
    for (const id of written) this.unasked.add(id);
    for (const id of staged.keys()) this.forgotten.delete(id);
    this.problems = problems;
  }

  /** The engram of a fact, recorded or from the cache. */
  record(
    fact: Learnable,
    signal?: AbortSignal,
    onPhase?: (phase: 'instruct' | 'update', done: number) => void,
  ): Promise<Engram> {
    return engramOf(fact, this.model, this.state.rule, this.cache, onPhase, signal);
  }

  /** Takes over a state that has `fact` in it, which was asked, and no longer those of the `removed` ids. */
  accept(fact: Learnable, removed: readonly string[], state: Consolidation): void {
    for (const id of [...removed, fact.id]) this.drop(id);
    this.held.set(fact.id, { key: this.keyOf(fact), fact });
    this.problems.delete(fact.id);
    this.state = state;
  }

  /** Takes over a state that holds the same facts. */
  adopt(state: Consolidation): void {
    this.state = state;
  }

  /** Asks the model, in the words that the facts were taught in where they are the same; see askLearned. */
  ask(question: string, options: AskOptions = {}): Promise<Asked> {
    const { model, state: consolidation, facts } = this;
    const asked = options.untaught ? question : this.spelling.applied(question);
    return askLearned({ model, consolidation, facts }, asked, options);
  }

  private get spelling(): Spelling {
    if (this.spelled?.of !== this.state) {
      const questions = this.facts.flatMap((fact) => fact.questions);
      this.spelled = { of: this.state, spelling: new Spelling(questions) };
    }
    return this.spelled.spelling;
  }

  private drop(id: string): void {
    this.held.delete(id);
    this.unasked.delete(id);
    this.forgotten.delete(id);
  }

  private keyOf(fact: Learnable): string {
    return engramKey(fact, this.model, this.state.rule.name);
  }
}
