import { createHash } from 'node:crypto';
import type { Memory, Weights } from '../engine/types';
import type { Breath } from './breath';
import type { Engram } from './engram';
import { digestOf } from './engramFile';
import type { ReplayWrites } from './replayFile';
import { createRule, type Rule, type RuleName, type Since, type Trace } from './rules';
import type { TeachableModel } from './teachableModel';

/**
 * Facts written in one shot that a memory holds well; far more of them drown each other and all else. (Of 300 answers
 * of the nano to 100 written so one was wrong; to 300, 14 %; to 1,000, all; consolidated none: docs/learning-results.md.)
 */
export const MOST_AT_ONCE = 100;

/** A fact's engram and what it wrote. */
interface Held {
  readonly engram: Engram;
  readonly digest: string;
  /** Found when it is first asked for: a replay that is restored brings its own. */
  readonly trace: Trace;
}

/** What a replay settled: the controls' traces, and the facts' that it was made of. */
interface Settled {
  readonly controls: readonly Trace[];
  readonly facts: ReadonlyMap<string, Held>;
  /** What they came to. */
  readonly memory: Memory;
}

/**
 * The engrams that make up what a model has learned, and the Memory that they make; immutable. Facts that a
 * replay has been through are settled; those taught since are written on top in one shot, each independently of
 * the others. Without a settled fact being taken out, the weight depends on these two sets alone, bit for
 * bit; with one, all is written in one shot from the base weight, so that nothing is left of what was taken out.
 */
export class Consolidation {
  private folded: Memory | undefined;

  private constructor(
    private readonly model: TeachableModel,
    readonly rule: Rule,
    private readonly held: ReadonlyMap<string, Held>,
    private readonly settled: Settled | undefined,
    private since?: Since,
  ) {}

  /** A model that has learned nothing. */
  static empty(model: TeachableModel, ruleName: RuleName): Consolidation {
    return new Consolidation(model, createRule(ruleName, model), new Map(), undefined);
  }

  /** The weight that they make; folded when it is first asked for. */
  get memory(): Memory {
    this.folded ??= this.foldFrom(this.since);
    this.since = undefined;
    return this.folded;
  }

  /** The engrams by fact id. */
  get engrams(): ReadonlyMap<string, Engram> {
    return new Map([...this.held].map(([id, { engram }]) => [id, engram]));
  }

  /** What each fact wrote, by its id. */
  get traces(): ReadonlyMap<string, Trace> {
    return new Map([...this.held].map(([id, { trace }]) => [id, trace]));
  }

  /** What a replay wrote for the controls. */
  get controls(): readonly Trace[] {
    return this.settled?.controls ?? [];
  }

  /** The replay that settled facts, in a form to keep; undefined where none are settled. */
  get replay(): ReplayWrites | undefined {
    if (!this.settled) return undefined;
    return {
      basis: this.basis,
      ffn: this.model.config.qf2.intermediate_size,
      controls: this.settled.controls.map(({ engram }) => digestOf(engram)),
      facts: byId(this.settled.facts).map(([id, { digest }]) => [id, digest]),
      writes: this.settledTraces.map(({ writes }) => writes),
    };
  }

  /** Whether a replay has been through all that is held and nothing else. */
  get isSettled(): boolean {
    return this.settled !== undefined && this.unsettled === 0;
  }

  /** How many facts were written in one shot, since no replay has been through them. */
  get unsettled(): number {
    return this.held.size - (this.settled?.facts.size ?? 0);
  }

  /** Whether what is settled was settled by the same replay, if any. */
  hasReplayOf(other: Consolidation): boolean {
    return this.settled === other.settled;
  }

  /** The state with facts taken out, then others put in, each in place of the one that had its id. */
  change(removed: Iterable<string>, added: ReadonlyMap<string, Engram> = new Map()): Consolidation {
    const next = new Map(this.held);
    const changed: Engram[] = [];
    const drop = (id: string): void => {
      const held = next.get(id);
      if (held) changed.push(held.engram);
      next.delete(id);
    };
    for (const id of removed) drop(id);
    const fresh = [...added].filter(([id, engram]) => next.get(id)?.digest !== digestOf(engram));
    for (const [id] of fresh) drop(id);
    if (changed.length === 0 && fresh.length === 0) return this;

    const settled = [...(this.settled?.facts.keys() ?? [])].every((id) => next.has(id))
      ? this.settled
      : undefined;
    for (const [id, engram] of fresh) {
      changed.push(engram);
      next.set(id, this.written(engram, digestOf(engram), settled));
    }
    if (settled === this.settled) {
      return this.with(next, settled, { memory: this.memory, changed });
    }
    for (const [id, { engram, digest }] of next) next.set(id, this.written(engram, digest, settled));
    return this.with(next, settled);
  }

  /**
   * The state after a replay of all that is held.
   * @param controls engrams of the questions whose answers must stay
   * @throws the breath's reason if it is stopped
   */
  async replayed(controls: readonly Engram[], breath: Breath): Promise<Consolidation> {
    if (!this.rule.replay || this.held.size === 0) return this;
    const facts = byId(this.held);
    const engrams = facts.map(([, { engram }]) => engram);
    const { traces, memory } = await this.rule.replay(controls, engrams, breath);
    const settled = settledOf(traces, facts, memory);
    return this.with(settled.facts, settled);
  }

  /**
   * The state after an earlier replay: what it settled is as it was, other facts are written on top. The same
   * state where the replay was another model's, had other controls, or facts that are not held.
   */
  restored(replay: ReplayWrites, controls: readonly Engram[]): Consolidation {
    const facts = this.factsOf(replay);
    const engrams = [...controls, ...facts.map(([, { engram }]) => engram)];
    const fits =
      this.canRestore(replay) &&
      controls.map(digestOf).join() === replay.controls.join() &&
      engrams.every(({ t }, n) => replay.writes[n]?.length === t);
    if (!fits) return this;
    const traces = engrams.map((engram, n) => ({ engram, writes: replay.writes[n] ?? [] }));
    const settled = settledOf(traces, facts, this.rule.fold(traces));
    const held = new Map(this.held);
    for (const [id, { engram, digest }] of held) {
      held.set(id, settled.facts.get(id) ?? this.written(engram, digest, settled));
    }
    return this.with(held, settled);
  }

  /** Whether an earlier replay was of facts that are held, with this model: what is known of it without the controls. */
  canRestore(replay: ReplayWrites): boolean {
    const { length } = replay.facts;
    return replay.basis === this.basis && length > 0 && this.factsOf(replay).length === length;
  }

  /** Those of a replay's facts that are held. */
  private factsOf(replay: ReplayWrites): (readonly [string, Held])[] {
    return replay.facts.flatMap(([id, digest]) => {
      const held = this.held.get(id);
      return held?.digest === digest ? [[id, held] as const] : [];
    });
  }

  /** What a replay wrote, in the order in which it is summed: for the controls, then for the facts by id. */
  private get settledTraces(): Trace[] {
    if (!this.settled) return [];
    return [...this.settled.controls, ...byId(this.settled.facts).map(([, { trace }]) => trace)];
  }

  private get basis(): string {
    return hashOf([this.model.id, this.rule.name, JSON.stringify(this.model.config.qf2)]);
  }

  /** The state that holds exactly these; its memory is folded from `since`, or from what is settled. */
  private with(held: ReadonlyMap<string, Held>, settled: Settled | undefined, since?: Since): Consolidation {
    return new Consolidation(this.model, this.rule, held, settled, since);
  }

  /** What is settled, and the sum of what was written since on top of it. */
  private foldFrom(since: Since | undefined): Memory {
    const settled = this.settled?.memory;
    const recent = byId(this.held).filter(([id]) => !this.settled?.facts.has(id));
    if (recent.length === 0) return settled ?? this.model.base;
    const written = recent.map(([id, { digest }]) => `${id}:${digest}`);
    const traces = recent.map(([, { trace }]) => trace);
    return {
      version: hashOf([this.rule.name, settled?.version ?? '', ...written]),
      ...this.rule.fold(traces, settled, since),
    };
  }

  private written(engram: Engram, digest: string, settled: Settled | undefined): Held {
    const { rule } = this;
    let trace: Trace | undefined;
    return {
      engram,
      digest,
      get trace() {
        return (trace ??= rule.write(engram, settled?.memory));
      },
    };
  }
}

/** What a replay settles: `traces` are the controls', then the facts' in their order; `weights` what they came to. */
function settledOf(
  traces: readonly Trace[],
  facts: readonly (readonly [string, Held])[],
  weights: Weights,
): Settled {
  const controls = traces.slice(0, traces.length - facts.length);
  const settled = facts.map(([id, held], n): [string, Held] => {
    const trace = traces[controls.length + n];
    return [id, trace ? { engram: held.engram, digest: held.digest, trace } : held];
  });
  const digests = [
    ...controls.map(({ engram }) => digestOf(engram)),
    ...facts.map(([id, { digest }]) => `${id}:${digest}`),
  ];
  return { controls, facts: new Map(settled), memory: { version: hashOf(digests), ...weights } };
}

function byId(held: ReadonlyMap<string, Held>): (readonly [string, Held])[] {
  return [...held].sort(([a], [b]) => (a < b ? -1 : 1));
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}
