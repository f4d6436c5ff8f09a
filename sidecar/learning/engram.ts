import type { Codes, Recording } from '../engine/types';

/**
 * What one fact leaves behind on one model for the rule `margin`: for each of its `t` answer positions, the code of
 * the key that the QF2 layer saw without the statement, and which neurons fired with the statement.
 */
export interface MarginEngram {
  readonly rule: 'margin';
  readonly t: number;
  readonly ffn: number;
  /** φ(x) of the layer's input without the statement. */
  readonly codes: Codes;
  /** p0 = W0 x in multiples of `step`, [t, ffn]. */
  readonly pre: Int8Array;
  readonly step: number;
  /** Whether y* fires, one bit each, [t, ceil(ffn / 8)], lowest bit first. */
  readonly targets: Uint8Array;
  /** Weight of each position: 1 − p, p = probability of its token without the statement, [t]. */
  readonly significance: Float32Array;
}

/** The same for the rule `hebbian`, which uses the key and the value of the firing themselves. */
export interface HebbianEngram {
  readonly rule: 'hebbian';
  readonly t: number;
  readonly ffn: number;
  /** x, the layer's input without the statement, [t, d]. */
  readonly keys: Float32Array;
  /** y*, the firing with the statement, [t, ffn]. */
  readonly firing: Float32Array;
  /** 1 − p of each position, [t]. */
  readonly significance: Float32Array;
}

export type Engram = MarginEngram | HebbianEngram;

/** One question's two recordings of the same answer: with the statement, and without. */
export interface Lesson {
  instruct: Recording;
  update: Recording;
}

/** An answer position. */
export interface LessonPosition {
  lesson: Lesson;
  /** Its number in the lesson's recordings. */
  position: number;
  significance: number;
}

/**
 * The positions of all lessons, in their order. What the model knows already has no significance and is hardly
 * written, but a replay holds it too: many other facts could push it over.
 * @param emphasis takes every position at full significance: the second try at a fact that did not hold
 */
export function positionsOf(lessons: readonly Lesson[], emphasis: boolean): LessonPosition[] {
  return lessons.flatMap((lesson) =>
    Array.from(lesson.update.probability, (p, position) => ({
      lesson,
      position,
      significance: emphasis ? 1 : 1 - p,
    })),
  );
}
