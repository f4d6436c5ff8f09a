import { ModelError } from '../engine/errors';
import type { Memory } from '../engine/types';
import { questionKey, sameAnswer } from './answers';
import { attribute, type Attribution } from './attribute';
import { Consolidation } from './consolidate';
import type { Engram } from './engram';
import { engramKey, type EngramCache } from './engramCache';
import type { TeachableModel } from './model';
import { reasons } from './reasons';
import { engramOf, type Recordable } from './record';
import type { RuleName } from './rules';
import { MAX_ANSWER_TOKENS } from './verify';

/** A fact as the learner sees it. */
export interface Learnable extends Recordable {
  id: string;
  enabled: boolean;
  /** ISO 8601; of two facts that contradict, the one taught first is learned. */
  taughtAt: string;
}

export interface Asked {
  answer: string;
  abstained: boolean;
  fired: Attribution[];
  tokens: number;
  ms: number;
}

export interface AskOptions {
  /** Asks the model as it was before anything was taught. */
  untaught?: boolean;
  /** Asks with this text in the prompt. Defaults to none. */
  statement?: string;
  signal?: AbortSignal;
  onToken?: (text: string) => void;
}

/** The state that questions are answered from: replaced as a whole when a change is complete. */
interface Learned {
  memory: Memory;
  engrams: ReadonlyMap<string, Engram>;
}

/**
 * A model and what it has learned. Changes are made one at a time by the caller; questions may be
 * asked meanwhile and see the state before the change.
 */
export class Learner {
  readonly consolidation: Consolidation;
  private readonly held = new Map<string, { key: string; fact: Learnable }>();
  private problems = new Map<string, string>();
  private learned: Learned;

  constructor(
    readonly model: TeachableModel,
    ruleName: RuleName,
    readonly cache: EngramCache,
  ) {
    this.consolidation = new Consolidation(model, ruleName);
    this.learned = { memory: model.base, engrams: new Map() };
  }

  /** W' as questions see it. */
  get memory(): Memory {
    return this.learned.memory;
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

  /** Makes the memory hold exactly the enabled ones of `facts`. A fact that fails gets a problem. */
  async sync(facts: readonly Learnable[], signal?: AbortSignal): Promise<void> {
    const { wanted, problems } = withoutContradictions(facts);
    const staged = new Map<string, Engram>();
    for (const fact of wanted) {
      if (this.held.get(fact.id)?.key === this.keyOf(fact)) continue;
      try {
        staged.set(fact.id, await this.record(fact, signal));
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        problems.set(fact.id, error.message);
      }
    }
    const keep = new Map(wanted.filter(({ id }) => !problems.has(id)).map((fact) => [fact.id, fact]));
    for (const id of [...this.held.keys()]) if (!keep.has(id)) this.drop(id);
    for (const [id, engram] of staged) this.consolidation.set(id, engram);
    for (const [id, fact] of keep) this.held.set(id, { key: this.keyOf(fact), fact });
    this.problems = problems;
    this.commit(this.consolidation.fold());
  }

  /** The engram of a fact, recorded or from the cache. */
  record(
    fact: Learnable,
    signal?: AbortSignal,
    onPhase?: (phase: 'instruct' | 'update', done: number) => void,
  ): Promise<Engram> {
    return engramOf(fact, this.model, this.consolidation.rule, this.cache, onPhase, signal);
  }

  /** Takes over a memory that the consolidation already holds, with `fact` in it. */
  accept(fact: Learnable, replaces: string | undefined, memory: Memory): void {
    if (replaces !== undefined) this.held.delete(replaces);
    this.held.set(fact.id, { key: this.keyOf(fact), fact });
    this.problems.delete(fact.id);
    this.commit(memory);
  }

  /** Asks the model; greedy, until it ends its answer. */
  async ask(question: string, options: AskOptions = {}): Promise<Asked> {
    const { untaught = false, statement = '', signal, onToken } = options;
    const { memory, engrams } = this.learned;
    const start = performance.now();
    const generation = await this.model.generate(
      { system: statement, user: question },
      untaught ? this.model.base : memory,
      { maxTokens: MAX_ANSWER_TOKENS, signal, onToken },
    );
    const abstained = sameAnswer(generation.text, this.model.config.qf2.abstention);
    const fired = untaught || abstained ? [] : attribute(generation.keys, engrams, this.model.mu);
    return {
      answer: generation.text,
      abstained,
      fired,
      tokens: generation.tokens.length,
      ms: performance.now() - start,
    };
  }

  private commit(memory: Memory): void {
    this.learned = { memory, engrams: this.consolidation.engrams };
  }

  private drop(id: string): void {
    this.held.delete(id);
    this.consolidation.delete(id);
  }

  private keyOf(fact: Learnable): string {
    return engramKey(fact, this.model.id, this.consolidation.rule.name);
  }
}

/** The enabled facts, less those whose question an older one answers differently. */
function withoutContradictions(facts: readonly Learnable[]): {
  wanted: Learnable[];
  problems: Map<string, string>;
} {
  const answers = new Map<string, Learnable>();
  const problems = new Map<string, string>();
  const byAge = facts.filter(({ enabled }) => enabled).sort((a, b) => compare(age(a), age(b)));
  const wanted = byAge.filter((fact) => {
    const rival = contradiction(fact, (key) => answers.get(key));
    if (rival) {
      problems.set(fact.id, reasons.contradiction(rival.question, rival.fact.statement, rival.fact.answer));
      return false;
    }
    for (const question of fact.questions) answers.set(questionKey(question), fact);
    return true;
  });
  return { wanted, problems };
}

/** The fact that answers one of `fact`'s questions differently, and that question. */
export function contradiction(
  fact: Recordable,
  answering: (key: string) => Learnable | undefined,
): { question: string; fact: Learnable } | undefined {
  for (const question of fact.questions) {
    const rival = answering(questionKey(question));
    if (rival && !sameAnswer(rival.answer, fact.answer)) return { question, fact: rival };
  }
  return undefined;
}

function age(fact: Learnable): string {
  return `${fact.taughtAt} ${fact.id}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
