import { messageOf } from '../engine/errors';
import type { LoadOptions } from '../engine/types';
import { oneLine } from '../learning/answers';
import { cleanStatement } from '../learning/draft/clean';
import { removeUnused } from '../learning/derivedFile';
import { MOST_AT_ONCE } from '../learning/consolidation';
import { EngramCache } from '../learning/engramCache';
import { firingOf } from '../learning/firing';
import { Learner } from '../learning/learner';
import { statementProblem } from '../learning/reasons';
import { similarQuestions } from '../learning/similar';
import { ReplayStore } from '../learning/replayStore';
import { Teacher } from '../learning/teach';
import type { TeachableModel } from '../learning/teachableModel';
import { exportLora } from '../lora/export';
import { Mutex } from '../mutex';
import type { Draft, Fact, FactState, InitializationOptions, Status } from '../protocol';
import { RequestError } from './errors';
import type { Events, Handlers, Params, Result } from './handlers';
import { Knowledge } from './knowledge';
import { orAborted } from './abort';
import { pictureOf } from './picture';
import { Sleep } from './sleep';
import { statusOf } from './status';
import { teach } from './teaching';

/** Loads a model directory. */
export type LoadModel = (modelDir: string, options: LoadOptions) => Promise<TeachableModel>;

/** What there is once the model is loaded. */
interface Loaded {
  learner: Learner;
  teacher: Teacher;
  sleep: Sleep;
}

/** What the sidecar does, apart from how it is reached: one model, its facts, and what it has learned. */
export class Service implements Handlers {
  private readonly knowledge: Knowledge;
  private readonly store: ReplayStore;
  private readonly changes = new Mutex();
  /** What others have put into the files, and is not learned yet: answers wait for it. */
  private readonly unlearned = new Set<Promise<unknown>>();
  /** The files were read for the first time. */
  private readonly read: Promise<void>;
  /** The model is loaded. */
  private readonly loaded: Promise<Loaded>;
  /** Its facts are learned, too. */
  private readonly ready: Promise<Loaded>;
  private sleep: Sleep | undefined;
  private failure: string | undefined;
  private started = false;

  /**
   * @param options paths, rule and execution provider; @param load loads the model, called once
   * @param events told about progress and changes
   */
  constructor(
    private readonly options: InitializationOptions,
    load: LoadModel,
    private readonly events: Events,
  ) {
    const files = { workspace: options.workspaceFacts, user: options.userFacts };
    this.store = new ReplayStore(options.cacheDir, Object.values(files), events.log);
    this.knowledge = new Knowledge(files, events.log, (done, total) =>
      events.notify('learningProgress', { done, total }),
    );
    this.read = this.reload().then(() => this.announce());
    this.loaded = this.read.then(() => this.load(load));
    this.ready = this.changes.run(() => this.start());
    this.ready.catch((error: unknown) => {
      this.failure = messageOf(error);
      this.announce();
    });
    this.knowledge.catalog.watch(() => void this.refresh());
  }

  /** Settles when the model is loaded and its facts are re-learned; rejects when that failed. */
  async whenReady(): Promise<void> {
    await this.ready;
  }

  async dispose(): Promise<void> {
    this.knowledge.catalog.dispose();
    await this.sleep?.dispose();
    await this.knowledge.learner?.model.dispose();
  }

  async status(): Promise<Status> {
    await this.read.catch(() => undefined);
    const { learner, catalog } = this.knowledge;
    return statusOf({
      modelDir: this.options.modelDir,
      model: learner?.model,
      started: this.started,
      failure: this.failure,
      facts: this.knowledge.states(),
      problems: catalog.problems,
    });
  }

  async draft({ statement }: Params<'draft'>, signal: AbortSignal): Promise<Draft> {
    const problem = statementProblem(cleanStatement(statement));
    if (problem !== undefined) throw new RequestError(problem);
    const { learner, sleep } = await orAborted(this.loaded, signal);
    // The tagger's dictionary would take a fifth of a second of every start.
    const { draft } = await import('../learning/draft/draft');
    return await sleep.awake(() => draft(statement, learner.model, signal));
  }

  async teach(params: Params<'teach'>, signal: AbortSignal): Promise<Result<'teach'>> {
    const { teacher, sleep } = await orAborted(this.ready, signal);
    return await this.changed(async () => {
      const report = await teach(params, { teacher, knowledge: this.knowledge, events: this.events }, signal);
      if (report.learned) await sleep.keepReplay();
      return report;
    }, signal);
  }

  async ask({ askId, question, untaught }: Params<'ask'>, signal: AbortSignal): Promise<Result<'ask'>> {
    const user = oneLine(question);
    if (user === '') throw new RequestError('There is no question.');
    const { learner, sleep } = await (untaught
      ? orAborted(this.loaded, signal)
      : this.learned(signal, () => this.events.notify('askWaits', { askId })));
    const onToken = (text: string): void => this.events.notify('askToken', { askId, text });
    const asked = await sleep.awake(() => learner.ask(user, { untaught, signal, onToken }));
    const known = untaught || !asked.abstained ? [] : this.knowledge.recalled;
    return { ...asked, similar: similarQuestions(user, known) };
  }

  /** Waits until all that the files hold is learned and may be asked. @param onWait called if that takes a while */
  private async learned(signal: AbortSignal, onWait: () => void): Promise<Loaded> {
    let waits = (): void => {
      waits = () => undefined;
      onWait();
    };
    if (!this.started) waits();
    const loaded = await orAborted(this.ready, signal);
    while (this.unlearned.size > 0) {
      waits();
      await orAborted(Promise.allSettled(this.unlearned), signal);
    }
    await loaded.sleep.clear(signal, () => waits());
    return loaded;
  }

  async listFacts(): Promise<FactState[]> {
    await this.read.catch(() => undefined);
    return this.knowledge.states();
  }

  async setFactsEnabled({ ids, enabled }: Params<'setFactsEnabled'>): Promise<FactState[]> {
    return await this.changed(async () => {
      const facts = ids.map((id) => ({ ...this.knowledge.find(id), enabled }));
      if (enabled) this.knowledge.refuseRivals(facts);
      await this.knowledge.change([], facts);
      return facts.map((fact) => this.knowledge.stateOf(fact));
    });
  }

  /** Forgets those of the facts that are still there. */
  async forgetFacts({ ids }: Params<'forgetFacts'>): Promise<Fact[]> {
    return await this.changed(async () => {
      const forgotten = this.knowledge.catalog.facts.filter(({ id }) => ids.includes(id));
      await this.knowledge.change(ids, []);
      return forgotten;
    });
  }

  async restoreFacts({ facts }: Params<'restoreFacts'>): Promise<FactState[]> {
    return await this.changed(async () => {
      const fitting = facts.map((fact) => ({
        ...fact,
        enabled: fact.enabled && !this.knowledge.rivalOf(fact),
      }));
      await this.knowledge.change([], fitting);
      return facts.map(({ id }) => this.knowledge.stateOf(this.knowledge.find(id)));
    });
  }

  async memory(): Promise<Result<'memory'>> {
    return await (await this.ready).sleep.state();
  }

  async consolidate(_: Params<'consolidate'>, signal: AbortSignal): Promise<Result<'consolidate'>> {
    const { sleep } = await orAborted(this.ready, signal);
    return await sleep.awake(() => sleep.run(signal));
  }

  /** Consolidates if facts may drown each other, which begins by itself only where there are idle moments. */
  async settle(signal: AbortSignal): Promise<void> {
    const { sleep } = await orAborted(this.ready, signal);
    await sleep.awake(() => sleep.settle(signal));
  }

  stopConsolidation(): Promise<Result<'stopConsolidation'>> {
    this.sleep?.stop();
    return Promise.resolve({});
  }

  async exportLora({ folder }: Params<'exportLora'>, signal: AbortSignal): Promise<Result<'exportLora'>> {
    const { learner, sleep } = await orAborted(this.ready, signal);
    return await sleep.awake(async () => {
      await sleep.settle(signal, MOST_AT_ONCE);
      return await exportLora(learner, folder, this.options.modelDir, signal);
    });
  }

  async firing({ factId }: Params<'firing'>, signal: AbortSignal): Promise<Result<'firing'>> {
    const { learner, sleep } = await orAborted(this.ready, signal);
    const fact = this.knowledge.find(factId);
    return pictureOf(factId, await sleep.awake(() => firingOf(fact, learner.model, learner.memory, signal)));
  }

  private async load(load: LoadModel): Promise<Loaded> {
    const { rule, cacheDir, modelDir, idleConsolidationMs, executionProvider } = this.options;
    const log = (message: string): void => {
      this.events.log(message);
      // The CPU has taken over from a GPU.
      if (this.started) this.announce();
    };
    const model = await load(modelDir, { executionProvider, trialsDir: cacheDir, log });
    const learner = new Learner(model, rule, new EngramCache(cacheDir, this.events.log));
    this.knowledge.learner = learner;
    const onVerified = (): void => this.announce();
    this.sleep = new Sleep(learner, this.store, this.changes, this.events, onVerified, idleConsolidationMs);
    return { learner, teacher: new Teacher(learner), sleep: this.sleep };
  }

  private async start(): Promise<Loaded> {
    const loaded = await this.loaded;
    await this.knowledge.sync();
    await loaded.sleep.restore();
    this.started = true;
    this.announce();
    loaded.sleep.rest();
    void removeUnused(this.options.cacheDir);
    return loaded;
  }

  /**
   * Makes a change to what the files hold now, when those before it are done, and tells about it. A consolidation
   * that began by itself is void after it.
   * @param teaching of a teaching its signal: it waits for such a consolidation, unless that is taken back
   */
  private async changed<T>(change: () => Promise<T>, teaching?: AbortSignal): Promise<T> {
    const make = async (): Promise<T> => {
      await this.reload();
      try {
        return await change();
      } finally {
        // What was put back, also after a failure, may have been settled before.
        await this.sleep?.restore();
        this.announce();
      }
    };
    const run = (): Promise<T> => this.changes.run(make, teaching);
    return await (this.sleep?.awake(run, teaching === undefined) ?? run());
  }

  /** The files may have changed under us. */
  private async refresh(): Promise<void> {
    // It was a change of our own.
    if (!(await this.knowledge.catalog.hasChanged())) return;
    const reload = (): Promise<void> => this.changes.run(() => this.reload());
    await this.awaited(this.sleep?.awake(reload) ?? reload()).catch((error: unknown) =>
      this.events.log(`The facts could not be reloaded: ${messageOf(error)}`),
    );
  }

  /** Reads the files, and learns what is new in them. */
  private async reload(): Promise<void> {
    const { learner, catalog } = this.knowledge;
    if (!(await catalog.reload())) return;
    this.announce();
    if (!learner) return;
    // Another branch may have been here before.
    await this.awaited(this.knowledge.sync().then(() => this.sleep?.restore()));
    this.announce();
  }

  /** Has answers wait for what others have put into the files. */
  private async awaited(learning: Promise<void>): Promise<void> {
    this.unlearned.add(learning);
    try {
      await learning;
    } finally {
      this.unlearned.delete(learning);
    }
  }

  private announce(): void {
    this.events.notify('factsChanged', this.knowledge.states());
    void this.status().then((status) => this.events.notify('statusChanged', status));
    void this.sleep?.tell();
  }
}
