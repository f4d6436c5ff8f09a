import { messageOf } from '../engine/errors';
import { Breath } from '../learning/breath';
import { conditionOf, type Condition } from '../learning/condition';
import { consolidate, type Consolidated } from '../learning/consolidate';
import type { Learner } from '../learning/learner';
import type { ReplayStore } from '../learning/replayStore';
import type { Mutex } from '../mutex';
import type { ConsolidationReport, MemoryState } from '../protocol';
import { orAborted } from './abort';
import type { Events } from './handlers';

/** Weakest facts that a memory's state names. */
const WEAKEST = 20;

/** A consolidation under way, or waiting for its turn. */
interface Run {
  readonly controller: AbortController;
  /** Any request, or a change, which makes it void; nothing where it was asked for. */
  readonly givesWayTo: 'requests' | 'changes' | 'nothing';
}

/**
 * Consolidation in the background: begun by a request, or by itself once nothing was asked of the sidecar for a
 * while. One that began by itself gives way to any request, unless several facts were written that nobody asked since,
 * as they came with a pull or lost what they were settled with: it then begins without waiting, and answers wait for it.
 */
export class Sleep {
  private active = 0;
  private disposed = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly runs = new Set<Run>();
  /** One that answers wait for. */
  private urgent: Promise<void> | undefined;
  private verified: MemoryState['verified'];
  /** The memory that a replay was tried on without being better. */
  private inVain: string | undefined;
  /** The memory whose consolidation was stopped on request: it waits for an idle moment then. */
  private stopped: string | undefined;
  private condition: { version: string; of: Promise<Condition>; outdated: AbortController } | undefined;
  private told = '';

  /**
   * @param store keeps what comes of a consolidation for the next start
   * @param changes what a consolidation excludes; @param onVerified called when all facts were asked
   * @param idleMs how long nothing must be asked before it begins by itself; 0: never
   */
  constructor(
    private readonly learner: Learner,
    private readonly store: ReplayStore,
    private readonly changes: Mutex,
    private readonly events: Events,
    private readonly onVerified: () => void,
    private readonly idleMs: number,
  ) {}

  /**
   * Serves a request: a consolidation that began by itself stops for it, and none begins meanwhile.
   * @param voids whether the request changes what is consolidated
   */
  async awake<T>(task: () => Promise<T>, voids = false): Promise<T> {
    this.active++;
    clearTimeout(this.timer);
    for (const { controller, givesWayTo } of this.runs) {
      if (givesWayTo === 'requests' || (voids && givesWayTo === 'changes')) controller.abort();
    }
    try {
      return await task();
    } finally {
      this.active--;
      this.rest();
    }
  }

  /** Waits for its time to begin by itself. */
  rest(): void {
    clearTimeout(this.timer);
    if (this.disposed || this.idleMs === 0 || this.active > 0) return;
    this.timer = setTimeout(() => this.begin(), this.isUrgent() ? 0 : this.idleMs);
    this.timer.unref();
  }

  /**
   * Waits where facts may drown each other, until they are consolidated; not once that was stopped on request.
   * @param onWait called if it has to wait
   * @throws the signal's reason if it aborts
   */
  async clear(signal: AbortSignal, onWait: () => void): Promise<void> {
    if (this.idleMs === 0 || !this.isUrgent()) return;
    signal.throwIfAborted();
    onWait();
    while (this.isUrgent()) await orAborted(this.beginUrgent(), signal);
  }

  /** Consolidates when the changes under way are done. @param signal stops it */
  async run(signal: AbortSignal, givesWayTo: Run['givesWayTo'] = 'nothing'): Promise<ConsolidationReport> {
    const start = performance.now();
    const run = { controller: new AbortController(), givesWayTo };
    this.runs.add(run);
    void this.tell();
    try {
      const stopped = AbortSignal.any([signal, run.controller.signal]);
      const outcome = await this.changes.run(() => {
        // Those before it may have left nothing to do.
        const isNeeded = givesWayTo !== 'changes' || this.isDoubtful;
        return isNeeded
          ? this.consolidate(stopped)
          : Promise.resolve({ outcome: 'stopped' as const, asked: 0 });
      });
      return { ...outcome, ms: performance.now() - start };
    } finally {
      this.runs.delete(run);
      void this.tell();
    }
  }

  /**
   * Consolidates if, once the changes under way are done, facts may drown each other.
   * @param most facts that may be written and not asked since
   * @throws the signal's reason
   */
  async settle(signal: AbortSignal, most = 1): Promise<void> {
    await this.changes.run(() => Promise.resolve(), signal);
    if (this.isDoubtful && this.learner.unverified > most) await this.run(signal);
    signal.throwIfAborted();
  }

  /** Stops what consolidates, or waits for its turn to; the next idle moment may begin it again. */
  stop(): void {
    this.stopped = this.learner.memory.version;
    for (const { controller } of this.runs) controller.abort();
    this.rest();
  }

  /** Takes over what came of an earlier consolidation of the same facts. */
  async restore(): Promise<void> {
    await this.store.restore(this.learner);
    if (!this.isDoubtful || !(await this.store.isInVain(this.learner))) return;
    this.inVain = this.learner.memory.version;
  }

  /** Keeps a replay that a teaching made for the next start. */
  async keepReplay(): Promise<void> {
    if (this.learner.consolidation.isSettled) await this.store.save(this.learner);
  }

  async state(): Promise<MemoryState> {
    const { positions, fill, holds } = await this.conditionNow();
    return {
      facts: this.learner.facts.length,
      positions,
      fill,
      verified: this.verified,
      forgotten: this.learner.facts.flatMap(({ id }) => (this.learner.isForgotten(id) ? [id] : [])),
      weakest: holds.slice(0, WEAKEST),
      consolidation: this.stage,
    };
  }

  /** Tells of the memory's state if it is another than before. */
  async tell(): Promise<void> {
    const state = await this.state();
    const now = JSON.stringify(state);
    if (now === this.told) return;
    this.told = now;
    this.events.notify('memoryChanged', state);
  }

  /** Stops what consolidates, and waits until it writes no more; nothing begins by itself any more. */
  async dispose(): Promise<void> {
    this.disposed = true;
    this.stop();
    clearTimeout(this.timer);
    if (this.runs.size > 0) await this.changes.run(() => Promise.resolve());
  }

  /** The condition of the memory as it is; for a memory that is changed meanwhile, it is no longer looked for. */
  private async conditionNow(): Promise<Condition> {
    for (;;) {
      const { consolidation, memory } = this.learner;
      if (this.condition?.version !== memory.version) {
        this.condition?.outdated.abort();
        const outdated = new AbortController();
        const of = conditionOf(consolidation, new Breath(outdated.signal));
        this.condition = { version: memory.version, of, outdated };
      }
      const { of, outdated } = this.condition;
      try {
        return await of;
      } catch (error) {
        if (!outdated.signal.aborted) throw error;
      }
    }
  }

  /** Whether several facts were written in one shot and not asked since: those that are alike may drown each other. */
  private get isDoubtful(): boolean {
    return this.learner.consolidation.rule.replay !== undefined && this.learner.unverified > 1;
  }

  /** Whether they may, and nothing keeps a consolidation from helping. */
  private isUrgent(): boolean {
    if (this.disposed || !this.isDoubtful) return false;
    const { version } = this.learner.memory;
    return version !== this.stopped && version !== this.inVain;
  }

  private begin(): void {
    if (this.active > 0 || this.stage !== 'due' || this.learner.facts.length < 2) return;
    if (this.isUrgent()) void this.beginUrgent();
    else void this.runByItself('requests');
  }

  /** Settles when the urgent consolidation that runs, or begins now, has ended. */
  private beginUrgent(): Promise<void> {
    this.urgent ??= this.runByItself('changes').finally(() => (this.urgent = undefined));
    return this.urgent;
  }

  private async runByItself(givesWayTo: Run['givesWayTo']): Promise<void> {
    try {
      await this.run(new AbortController().signal, givesWayTo);
    } catch (error) {
      // Not at once again.
      this.stopped = this.learner.memory.version;
      this.events.log(`Consolidation failed: ${messageOf(error)}`);
    }
  }

  private get stage(): MemoryState['consolidation'] {
    const { consolidation, facts, memory } = this.learner;
    if (this.runs.size > 0) return 'running';
    if (facts.length === 0 || !consolidation.rule.replay) return 'none';
    if (consolidation.isSettled) return 'done';
    return memory.version === this.inVain ? 'undone' : 'due';
  }

  private async consolidate(signal: AbortSignal): Promise<Omit<ConsolidationReport, 'ms'>> {
    try {
      signal.throwIfAborted();
      const result = await consolidate(this.learner, {
        signal,
        onProgress: (phase, done, total) =>
          this.events.notify('consolidationProgress', { phase, done, total }),
      });
      if (result.kept) await this.store.save(this.learner);
      else await this.store.saveInVain(this.learner);
      return this.keep(result);
    } catch (error) {
      if (!signal.aborted) throw error;
      return { outcome: 'stopped', asked: 0 };
    }
  }

  private keep({
    kept,
    asked,
    recalledBefore,
    recalledAfter,
    forgotten,
  }: Consolidated): Omit<ConsolidationReport, 'ms'> {
    this.verified = { recalled: asked - forgotten.length, asked, at: new Date().toISOString() };
    if (!kept) this.inVain = this.learner.memory.version;
    this.onVerified();
    return { outcome: kept ? 'kept' : 'rolledBack', asked, recalledBefore, recalledAfter };
  }
}
