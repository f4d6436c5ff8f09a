import { createHash } from 'node:crypto';
import type { Memory } from '../engine/types';
import type { Engram } from './engram';
import type { TeachableModel } from './model';
import { createRule, type Rule, type RuleName } from './rules';

/**
 * The engrams that make up what a model has learned, and their fold into a Memory. The same set gives
 * the same weight bit for bit, in whatever order and after whatever detours it was reached.
 */
export class Consolidation {
  readonly rule: Rule;
  private readonly held = new Map<string, { engram: Engram; digest: string }>();

  constructor(
    private readonly model: TeachableModel,
    ruleName: RuleName,
  ) {
    this.rule = createRule(ruleName, model);
  }

  /** The engrams by fact id. */
  get engrams(): ReadonlyMap<string, Engram> {
    return new Map([...this.held].map(([id, { engram }]) => [id, engram]));
  }

  has(id: string): boolean {
    return this.held.has(id);
  }

  /** Puts a fact's engram in, in place of the one it had. */
  set(id: string, engram: Engram): void {
    this.held.set(id, { engram, digest: digestOf(engram) });
  }

  /** Takes a fact out, exactly. */
  delete(id: string): void {
    this.held.delete(id);
  }

  /** Folds all engrams, in the order of their ids, from the base weight. */
  fold(): Memory {
    if (this.held.size === 0) return this.model.base;
    const sorted = [...this.held].sort(([a], [b]) => (a < b ? -1 : 1));
    const version = createHash('sha256').update(this.rule.name);
    for (const [id, { digest }] of sorted) version.update(`${id}:${digest}\n`);
    const folded = this.rule.fold(sorted.map(([, { engram }]) => engram));
    return { version: version.digest('hex').slice(0, 16), ...folded };
  }
}

function digestOf(engram: Engram): string {
  const hash = createHash('sha256');
  for (const part of [engram.keys, engram.significance, engram.targets]) {
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  return hash.digest('hex');
}
