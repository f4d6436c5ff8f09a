import { messageOf } from '../engine/errors';
import { FactStore, type FactFile } from '../facts/store';
import { watchFileQuietly } from '../facts/watch';
import type { Fact, FactFileProblem, Scope } from '../protocol';
import { RequestError } from './errors';

/** The facts of all scopes, as their files hold them. */
export class Catalog {
  private readonly stores: ReadonlyMap<Scope, FactStore>;
  private readonly stops: (() => void)[] = [];
  private readonly lastRead = new Map<FactStore, FactFile>();
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

  /** Reads all files anew; of one that cannot be read, what is known stays. @returns whether anything differs */
  async reload(): Promise<boolean> {
    const held = await this.readAll();
    const now = JSON.stringify(held);
    const changed = now !== this.seen;
    Object.assign(this, held);
    this.seen = now;
    return changed;
  }

  /** Whether the files hold something else than what was last read of them. */
  async hasChanged(): Promise<boolean> {
    return JSON.stringify(await this.readAll()) !== this.seen;
  }

  private async readAll(): Promise<Pick<Catalog, 'facts' | 'problems'>> {
    const stores = [...this.stores.values()];
    const files = await Promise.all(stores.map(async (store) => ({ store, ...(await this.read(store)) })));
    const holders = new Map<string, FactStore>();
    const held: Pick<Catalog, 'facts' | 'problems'> = { facts: [], problems: [] };
    for (const { store, facts, lineOf, problems } of files) {
      held.problems.push(...problems);
      for (const fact of facts) {
        const holder = holders.get(fact.id);
        if (!holder) held.facts.push(fact);
        else held.problems.push(heldAlready(holder, store, lineOf.get(fact.id) ?? 1));
        holders.set(fact.id, holder ?? store);
      }
    }
    return held;
  }

  /**
   * Takes `ids` out of the files that they are known from, and puts `facts` in, each into the file of its scope.
   * What is put in is written first. If a file cannot be written, those before it become what they were.
   */
  async change(ids: readonly string[], facts: readonly Fact[]): Promise<void> {
    for (const { scope } of facts) this.storeOf(scope);
    const changes = [...this.stores].map(([scope, store]) => {
      const added = facts.filter((fact) => fact.scope === scope);
      const known = this.facts.filter((fact) => fact.scope === scope && ids.includes(fact.id));
      return { store, added, removed: new Set([...known, ...added].map(({ id }) => id)) };
    });
    const undo: (() => Promise<unknown>)[] = [];
    try {
      for (const { store, added, removed } of changes.sort((a, b) => b.added.length - a.added.length)) {
        if (removed.size === 0) continue;
        const before = await store.exchange(removed, added);
        undo.push(() => store.exchange(new Set(added.map(({ id }) => id)), before));
      }
    } catch (error) {
      for (const step of undo) await step();
      throw error;
    }
    await this.reload();
  }

  private async read(store: FactStore): Promise<FactFile> {
    try {
      const file = await store.read();
      this.lastRead.set(store, file);
      return file;
    } catch (error) {
      const { facts, lineOf } = this.lastRead.get(store) ?? { facts: [], lineOf: new Map<string, number>() };
      return { facts, lineOf, problems: [{ file: store.path, message: messageOf(error) }] };
    }
  }

  /** The file of a scope. @throws RequestError when there is none */
  storeOf(scope: Scope): FactStore {
    const store = this.stores.get(scope);
    if (store) return store;
    throw new RequestError(
      scope === 'workspace'
        ? 'There is no trusted workspace folder to keep the fact in. Open and trust a folder, or keep the fact for all workspaces.'
        : 'There is no file for facts of all workspaces.',
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

function heldAlready(holder: FactStore, { path: file }: FactStore, line: number): FactFileProblem {
  return { file, line, message: `Duplicate of a fact in ${holder.path} (same id).` };
}
