import { FactStore } from '../facts/store';
import { watchFileQuietly } from '../facts/watch';
import type { Fact, FactFileProblem, Scope } from '../protocol';
import { RequestError } from './errors';

/** The facts of all scopes, as their files hold them. */
export class Catalog {
  private readonly stores: ReadonlyMap<Scope, FactStore>;
  private readonly stops: (() => void)[] = [];
  private seen = '';
  facts: Fact[] = [];
  problems: FactFileProblem[] = [];

  /** @param files the facts file of each scope that there is */
  constructor(files: Readonly<Partial<Record<Scope, string>>>, log: (message: string) => void) {
    const scopes: Scope[] = ['workspace', 'user'];
    this.stores = new Map(
      scopes.flatMap((scope) => {
        const path = files[scope];
        return path === undefined ? [] : [[scope, new FactStore(path, scope, log)] as const];
      }),
    );
  }

  /** Reads all files anew. @returns whether anything differs from what was known */
  async reload(): Promise<boolean> {
    const files = await Promise.all([...this.stores.values()].map((store) => store.read()));
    this.facts = files.flatMap(({ facts }) => facts);
    this.problems = files.flatMap(({ problems }) => problems);
    const now = JSON.stringify([this.facts, this.problems]);
    const changed = now !== this.seen;
    this.seen = now;
    return changed;
  }

  /** Takes `ids` out of all files and puts `facts` in, each into the file of its scope. */
  async change(ids: readonly string[], facts: readonly Fact[]): Promise<void> {
    for (const { scope } of facts) this.storeOf(scope);
    for (const [scope, store] of this.stores) {
      const added = facts.filter((fact) => fact.scope === scope);
      const removed = new Set([...ids, ...added.map(({ id }) => id)]);
      const touches =
        added.length > 0 || this.facts.some((fact) => fact.scope === scope && removed.has(fact.id));
      if (touches) await store.update((held) => [...held.filter(({ id }) => !removed.has(id)), ...added]);
    }
    await this.reload();
  }

  /** The file of a scope. @throws RequestError when there is none */
  storeOf(scope: Scope): FactStore {
    const store = this.stores.get(scope);
    if (store) return store;
    throw new RequestError(
      scope === 'workspace'
        ? 'There is no trusted workspace folder to keep the fact in. Open a folder, or keep the fact for yourself.'
        : 'There is no file for your own facts.',
    );
  }

  /** Calls `onChange` whenever one of the files may have changed. */
  watch(onChange: () => void): void {
    for (const { path } of this.stores.values()) this.stops.push(watchFileQuietly(path, onChange));
  }

  dispose(): void {
    for (const stop of this.stops.splice(0)) stop();
  }
}
