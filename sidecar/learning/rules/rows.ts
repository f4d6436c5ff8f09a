import type { Learned } from '../../engine/types';

/** A version of the learned weight in the making. */
export interface Version {
  readonly learned: Learned;
  /** Gives a unit a row, all zero, to be filled at once. */
  add: (unit: number) => Float32Array;
}

/**
 * Keeps the learned rows of versions that follow one another: each has the rows of the one before and adds those
 * that it changes. A row is written once, so that earlier versions stay as they are.
 */
export class RowStore {
  private rows = new Float32Array(0);
  private used = 0;

  /** @param units rows of the learned weight; @param ffn their width */
  constructor(
    private readonly units: number,
    private readonly ffn: number,
  ) {}

  /**
   * A version that is like `before`, but for zero rows at the units that `changed` marks; to be completed before
   * another one is begun.
   * @param changed not 0 at these units, [units]
   */
  version(before: Learned, changed: Uint8Array): Version {
    const { ffn } = this;
    const places = before.places.map((place, unit) => (changed[unit] === 0 ? place : 0));
    const more = changed.reduce((sum, mark) => sum + Number(mark !== 0), 0);
    if (before.rows !== this.rows || (this.used + more) * ffn > this.rows.length) {
      this.move({ rows: before.rows, places }, more);
    }
    const { rows } = this;
    const add = (unit: number): Float32Array => {
      places[unit] = this.used++;
      return rowAt(rows, this.used - 1, ffn);
    };
    return { learned: { rows, places }, add };
  }

  /** Takes a version's rows over to a larger array, with room for `more` and for some versions to come. */
  private move({ rows, places }: Learned, more: number): void {
    const { ffn, units } = this;
    const kept = places.reduce((sum, place) => sum + Number(place > 0), 0);
    // What is never used takes no memory: its pages stay unwritten.
    this.rows = new Float32Array((1 + kept + more + units) * ffn);
    this.used = 1;
    places.forEach((place, unit) => {
      if (place === 0) return;
      rowAt(this.rows, this.used, ffn).set(rowAt(rows, place, ffn));
      places[unit] = this.used++;
    });
  }
}

/** The row of a unit, a view. */
export function learnedRow({ rows, places }: Learned, unit: number, ffn: number): Float32Array {
  return rowAt(rows, places[unit] ?? 0, ffn);
}

function rowAt(rows: Float32Array, place: number, ffn: number): Float32Array {
  return rows.subarray(place * ffn, (place + 1) * ffn);
}
