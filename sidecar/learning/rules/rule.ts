import type { Codes, Weights } from '../../engine/types';
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

/** A fold on top of the same settled weights from which a fold goes on, and the engrams put in or taken out since. */
export interface Since<E extends Engram = Engram> {
  readonly memory: Weights;
  readonly changed: readonly E[];
}

/** What a replay came to. */
export interface Replayed<E extends Engram = Engram> {
  /** The controls' traces, then the facts', in the order given. */
  readonly traces: readonly Trace<E>[];
  readonly memory: Weights;
}

/** How engrams become a weight. What a rule reads at a key x is the sum of its writes, each by its overlap with x. */
export interface Rule<E extends Engram = Engram> {
  readonly name: E['rule'];
  /** Whether other wordings of a question are bound to the fact as well; the paper's rule binds the question alone. */
  readonly bindsWordings: boolean;
  /** An answer that learning made is a taught fact's where its support, of 0 to 1, is at least this; see attribute.ts. */
  readonly support: number;
  /** Forms the engram of a fact. @param emphasis takes every position at full significance */
  form(lessons: readonly Lesson[], emphasis: boolean): E;
  /** Whether an engram is one of this rule and of this model's sizes. */
  fits(engram: Engram): engram is E;
  /**
   * Learns in one shot: what is written for an engram on top of `settled`, independently of all others.
   * @param settled what a replay came to; the base weight where there was none
   */
  write(engram: E, settled?: Weights): Trace<E>;
  /**
   * The sum of all writes, on top of `settled`. Traces in the same order give the same bits, in one fold or in two, the
   * second on top of the first, and with or without `since`.
   */
  fold(traces: readonly Trace<E>[], settled?: Weights, since?: Since<E>): Weights;
  /**
   * Learns all facts together, by replaying them from the base weight until each holds; the controls keep their
   * firing. Absent where a rule has no replay.
   */
  replay?(controls: readonly E[], facts: readonly E[], breath: Breath): Promise<Replayed<E>>;
  /** Share of the room for learning that these traces take, 0 to 1. */
  fill(traces: readonly Trace<E>[]): number;
  /** Pre-activations at the engram's position `row`, [ffn]. */
  pre(engram: E, row: number, memory: Weights): Float32Array;
  /** What `memory` has learned adds to the pre-activations at one of the seen positions, [ffn]. */
  read(seen: Seen, position: number, memory: Weights): Float32Array;
  /** Wanted signs at the engram's position `row`, +1 and −1, [ffn]. */
  signs(engram: E, row: number): Int8Array;
  /** What is compared with stored positions to find their overlaps. */
  probe(seen: Seen | E, position: number): Float32Array;
  /** How much of what was written at the engram's position `row` is read at the probe's; 1 where it is that position. */
  overlap(engram: E, row: number, probe: Float32Array): number;
}
