import { messageOf } from '../engine/errors';
import { oneLine } from '../learning/answers';
import { draft } from '../learning/draft/draft';
import { cleanStatement } from '../learning/draft/clean';
import { EngramCache } from '../learning/engramCache';
import { Learner } from '../learning/learner';
import type { TeachableModel } from '../learning/model';
import { statementProblem } from '../learning/reasons';
import { Teacher } from '../learning/teach';
import type { AskResult, Draft, Fact, FactState, InitializationOptions, Status } from '../protocol';
import { Catalog } from './catalog';
import { newFact, reportOf } from './teaching';
import { statusOf } from './status';
import { RequestError } from './errors';
import type { Events, Handlers, Params } from './handlers';
import { Mutex } from './mutex';

interface Ready {
  learner: Learner;
  teacher: Teacher;
}

/** What the sidecar does, apart from how it is reached: one model, its facts, and what it has learned. */
export class Service implements Handlers {
  private readonly catalog: Catalog;
  private readonly changes = new Mutex();
  private readonly ready: Promise<Ready>;
  private learner: Learner | undefined;
  private failure: string | undefined;
  private started = false;

  /**
   * @param options paths and rule; @param load loads the model, called once
   * @param events told about progress and changes
   */
  constructor(
    private readonly options: InitializationOptions,
    load: (modelDir: string) => Promise<TeachableModel>,
    private readonly events: Events,
  ) {
    this.catalog = new Catalog({ workspace: options.workspaceFacts, user: options.userFacts }, events.log);
    this.ready = this.changes.run(() => this.start(load));
    this.ready.catch((error: unknown) => {
      this.failure = messageOf(error);
      this.announce();
    });
    this.catalog.watch(() => void this.refresh());
  }

  /** Settles when the model is loaded and its facts are re-learned; rejects when that failed. */
  async whenReady(): Promise<void> {
    await this.ready;
  }

  async dispose(): Promise<void> {
    this.catalog.dispose();
    await this.learner?.model.dispose();
  }

  status(): Promise<Status> {
    const status = statusOf({
      modelDir: this.options.modelDir,
      executionProvider: this.learner?.model.executionProvider ?? '',
      started: this.started,
      failure: this.failure,
      facts: this.states(),
      problems: this.catalog.problems,
    });
    return Promise.resolve(status);
  }

  async draft({ statement }: Params<'draft'>, signal: AbortSignal): Promise<Draft> {
    const problem = statementProblem(cleanStatement(statement));
    if (problem !== undefined) throw new RequestError(problem);
    return await draft(statement, (await this.ready).learner.model, signal);
  }

  async teach(params: Params<'teach'>, signal: AbortSignal): ReturnType<Handlers['teach']> {
    const { teacher, learner } = await this.ready;
    const start = performance.now();
    return await this.changes.run(async () => {
      signal.throwIfAborted();
      this.catalog.storeOf(params.scope);
      const fact = newFact(params);
      const taught = await teacher.teach(fact, {
        replaces: params.replaces,
        signal,
        onProgress: (phase, done, total) =>
          this.events.notify('teachProgress', { teachId: params.teachId, phase, done, total }),
      });
      const kept = taught.learned
        ? await this.keep({ ...fact, emphasis: taught.fact?.emphasis }, params, learner)
        : undefined;
      return { ...reportOf(taught), ...(kept && { fact: kept }), ms: performance.now() - start };
    });
  }

  async ask({ askId, question, untaught }: Params<'ask'>, signal: AbortSignal): Promise<AskResult> {
    const { learner } = await this.ready;
    const user = oneLine(question);
    if (user === '') throw new RequestError('There is no question.');
    return await learner.ask(user, {
      untaught,
      signal,
      onToken: (text) => this.events.notify('askToken', { askId, text }),
    });
  }

  listFacts(): Promise<FactState[]> {
    return Promise.resolve(this.states());
  }

  async setFactEnabled({ id, enabled }: Params<'setFactEnabled'>): Promise<FactState> {
    return await this.changes.run(async () => {
      const fact = this.find(id);
      await this.apply([], [{ ...fact, enabled }]);
      return this.stateOf(this.find(id));
    });
  }

  async forgetFacts({ ids }: Params<'forgetFacts'>): Promise<Fact[]> {
    return await this.changes.run(async () => {
      const forgotten = ids.map((id) => this.find(id));
      await this.apply(ids, []);
      return forgotten;
    });
  }

  async restoreFacts({ facts }: Params<'restoreFacts'>): Promise<FactState[]> {
    return await this.changes.run(async () => {
      await this.apply([], facts);
      return facts.map(({ id }) => this.stateOf(this.find(id)));
    });
  }

  private async start(load: (modelDir: string) => Promise<TeachableModel>): Promise<Ready> {
    await this.catalog.reload();
    this.announce();
    const model = await load(this.options.modelDir);
    const learner = new Learner(
      model,
      this.options.rule,
      new EngramCache(this.options.cacheDir, this.events.log),
    );
    this.learner = learner;
    await learner.sync(this.catalog.facts);
    this.started = true;
    this.announce();
    return { learner, teacher: new Teacher(learner) };
  }

  /** Writes a learned fact to its file; if that fails, unlearns it. */
  private async keep(fact: Fact, { replaces }: Params<'teach'>, learner: Learner): Promise<FactState> {
    try {
      await this.catalog.change(replaces === undefined ? [] : [replaces], [fact]);
    } catch (error) {
      await learner.sync(this.catalog.facts);
      throw new RequestError(`The fact could not be saved, so it was not learned: ${messageOf(error)}`);
    }
    await learner.sync(this.catalog.facts);
    this.announce();
    return this.stateOf(fact);
  }

  private async apply(removed: readonly string[], added: readonly Fact[]): Promise<void> {
    await this.catalog.change(removed, added);
    await this.learner?.sync(this.catalog.facts);
    this.announce();
  }

  /** The files may have changed under us. */
  private async refresh(): Promise<void> {
    await this.changes
      .run(async () => {
        if (!(await this.catalog.reload())) return;
        await this.learner?.sync(this.catalog.facts);
        this.announce();
      })
      .catch((error: unknown) => this.events.log(`The facts could not be read again: ${messageOf(error)}`));
  }

  private announce(): void {
    this.events.notify('factsChanged', this.states());
    void this.status().then((status) => this.events.notify('statusChanged', status));
  }

  private states(): FactState[] {
    return this.catalog.facts.map((fact) => this.stateOf(fact));
  }

  private stateOf(fact: Fact): FactState {
    const problem = this.learner?.problemOf(fact.id);
    const learned = fact.enabled && (this.learner?.isLearned(fact.id) ?? false);
    return { ...fact, learned, ...(problem !== undefined && { problem }) };
  }

  private find(id: string): Fact {
    const fact = this.catalog.facts.find((candidate) => candidate.id === id);
    if (!fact)
      throw new RequestError(`There is no fact ${id}. It may have been forgotten in another window.`);
    return fact;
  }
}
