import type { Learned } from '../../engine/types';

/** A version of the learned weight in the making. */
export interface Version {
  readonly learned: Learned;
  /** Gives a changed unit a row, all zero, to be filled at once. */
  add: (unit: number) => Float32Array;
}

/**
 * Keeps the learned rows of versions that follow one another: each has the rows of the one before and adds those
 * that it changes to the same array, while that has room. A row is written once, so that earlier versions stay as
 * they are.
 */
export class RowStore {
  /** How many rows of an array are taken. */
  private readonly used = new WeakMap<Float32Array, number>();

  /** @param units rows of the learned weight; @param ffn their width */
  constructor(
    private readonly units: number,
    private readonly ffn: number,
  ) {}

  /**
   * A version that is like `before`, but for zero rows at the units that `changed` marks.
   * @param changed not 0 at these units, [units]
   */
  version(before: Learned, changed: Uint8Array): Version {
    const { ffn, used } = this;
    const kept = before.places.map((place, unit) => (changed[unit] === 0 ? place : 0));
    const more = changed.reduce((sum, mark) => sum + Number(mark !== 0), 0);
    const learned = this.withRoom({ rows: before.rows, places: kept }, more);
    const { rows, places } = learned;
    let next = used.get(rows) ?? 0;
    used.set(rows, next + more);
    const add = (unit: number): Float32Array => {
      places[unit] = next;
      return rowAt(rows, next++, ffn);
    };
    return { learned, add };
  }

  /** The same matrix, in a larger array where its own has no room for `more` rows. */
  private withRoom(learned: Learned, more: number): Learned {
    const { ffn, units, used } = this;
    const { rows, places } = learned;
    const taken = used.get(rows);
    if (taken !== undefined && (taken + more) * ffn <= rows.length) return learned;
    const kept = places.reduce((sum, place) => sum + Number(place > 0), 0);
    // What is never used takes no memory: its pages stay unwritten. Some thirty teachings find room in it.
    const larger = new Float32Array((1 + kept + more + (units >> 1)) * ffn);
    let next = 1;
    const moved = places.map((place) => {
      if (place === 0) return 0;
      rowAt(larger, next, ffn).set(rowAt(rows, place, ffn));
      return next++;
    });
    used.set(larger, next);
    return { rows: larger, places: moved };
  }
}

/** The row of a unit, a view. */
export function learnedRow({ rows, places }: Learned, unit: number, ffn: number): Float32Array {
  return rowAt(rows, places[unit] ?? 0, ffn);
}

function rowAt(rows: Float32Array, place: number, ffn: number): Float32Array {
  return rows.subarray(place * ffn, (place + 1) * ffn);
}
