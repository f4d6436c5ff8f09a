import { contradiction, type Contradiction } from '../learning/contradiction';
import type { Learner } from '../learning/learner';
import { reasons } from '../learning/reasons';
import type { Fact, FactState, Scope } from '../protocol';
import { Catalog } from './catalog';
import { RequestError } from './errors';

/** The facts of the files, and what the learner holds of them once there is one. */
export class Knowledge {
  readonly catalog: Catalog;
  learner: Learner | undefined;

  /** @param onProgress told how far the learning of facts that came together is */
  constructor(
    files: Readonly<Partial<Record<Scope, string>>>,
    log: (message: string) => void,
    private readonly onProgress: (done: number, total: number) => void,
  ) {
    this.catalog = new Catalog(files, log);
  }

  states(): FactState[] {
    return this.catalog.facts.map((fact) => this.stateOf(fact));
  }

  /** The facts that are to be learned. */
  get enabled(): Fact[] {
    return this.catalog.facts.filter(({ enabled }) => enabled);
  }

  /** The facts that give their answers, as far as was asked. */
  get recalled(): FactState[] {
    return this.states().filter(({ learned, forgotten }) => learned && !forgotten);
  }

  stateOf(fact: Fact): FactState {
    const problem = this.learner?.problemOf(fact.id);
    const learned = fact.enabled && (this.learner?.isLearned(fact.id) ?? false);
    const forgotten = learned && (this.learner?.isForgotten(fact.id) ?? false);
    return { ...fact, learned, ...(forgotten && { forgotten }), ...(problem !== undefined && { problem }) };
  }

  /** @throws RequestError when there is no such fact */
  find(id: string): Fact {
    const fact = this.catalog.facts.find((candidate) => candidate.id === id);
    if (!fact)
      throw new RequestError(`There is no fact ${id}. It may have been forgotten in another window.`);
    return fact;
  }

  /** An enabled fact that answers one of the fact's questions differently, and that question. */
  rivalOf(fact: Fact): Contradiction | undefined {
    return contradiction(fact, this.enabled);
  }

  /** @throws RequestError when an enabled fact, or another of these, answers a question of one of them differently */
  refuseRivals(facts: readonly Fact[]): void {
    const others = [...this.enabled, ...facts];
    for (const fact of facts) {
      const rival = contradiction(fact, others);
      if (rival)
        throw new RequestError(reasons.rival(rival.question, rival.fact.statement, rival.fact.answer));
    }
  }

  /** Changes the files, and has the learner follow. */
  async change(removed: readonly string[], added: readonly Fact[]): Promise<void> {
    await this.catalog.change(removed, added);
    await this.sync();
  }

  /** Makes the learner hold what the files hold. */
  async sync(): Promise<void> {
    await this.learner?.sync(this.catalog.facts, undefined, this.onProgress);
  }
}
