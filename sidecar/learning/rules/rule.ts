import type { Codes, Memory } from '../../engine/types';
import type { Breath } from '../breath';
import type { Engram, Lesson } from '../engram';

export const RULES = ['margin', 'hebbian'] as const;
export type RuleName = (typeof RULES)[number];

/** What an engram wrote into the weight: at each of its positions, by how much it moves the neurons, [ffn]. */
export interface Trace<E extends Engram = Engram> {
  readonly engram: E;
  /** One array a position; undefined where nothing was written. */
  readonly writes: readonly (Float32Array | undefined)[];
}

/** The layer's inputs at some positions. */
export interface Seen {
  /** [t, d] */
  readonly keys: Float32Array;
  readonly codes: Codes;
}

/** A memory from which a fold goes on, and the engrams that were put in or taken out since. */
export interface Since<E extends Engram = Engram> {
  readonly memory: Memory;
  readonly changed: readonly E[];
}

/** What a replay came to. */
export interface Replayed<E extends Engram = Engram> {
  /** The controls' traces, then the facts', in the order given. */
  readonly traces: readonly Trace<E>[];
  readonly memory: Omit<Memory, 'version'>;
}

/** How engrams become a weight. What a rule reads at a key x is the sum of its writes, each by its overlap with x. */
export interface Rule<E extends Engram = Engram> {
  readonly name: E['rule'];
  /** Whether other wordings of a question are bound to the fact as well; the paper's rule binds the question alone. */
  readonly bindsWordings: boolean;
  /** Forms the engram of a fact. @param emphasis takes every position at full significance */
  form(lessons: readonly Lesson[], emphasis: boolean): E;
  /** Whether an engram is one of this rule and of this model's sizes. */
  fits(engram: Engram): engram is E;
  /** Learns in one shot: what is written for an engram beside `settled`, independently of all others. */
  write(engram: E, settled: readonly Trace<E>[]): Trace<E>;
  /**
   * The sum of all writes, over the base weight. The same traces in the same order give the same bits,
   * with or without `since`.
   */
  fold(traces: readonly Trace<E>[], since?: Since<E>): Omit<Memory, 'version'>;
  /**
   * Learns all facts together, by replaying them from the base weight until each holds; the controls keep their
   * firing. Absent where a rule has no replay.
   */
  replay?(controls: readonly E[], facts: readonly E[], breath: Breath): Promise<Replayed<E>>;
  /** Share of the room for learning that these traces take, 0 to 1. */
  fill(traces: readonly Trace<E>[]): number;
  /** Pre-activations at the engram's position `row`, [ffn]. */
  pre(engram: E, row: number, memory: Memory): Float32Array;
  /** What `memory` has learned adds to the pre-activations at one of the seen positions, [ffn]. */
  read(seen: Seen, position: number, memory: Memory): Float32Array;
  /** Wanted signs at the engram's position `row`, +1 and −1, [ffn]. */
  signs(engram: E, row: number): Int8Array;
  /** What is compared with stored positions to find their overlaps. */
  probe(seen: Seen | E, position: number): Float32Array;
  /** How much of what was written at the engram's position `row` is read at the probe's; 1 where it is that position. */
  overlap(engram: E, row: number, probe: Float32Array): number;
}
