import type { ModelConfig } from './config';
import type { Learned, Memory } from './types';

/** What a QF2 layer holds before it learns: W0, [ffn, d], and L all zero. */
export function untaughtMemory({ qf2 }: ModelConfig, weight: Float32Array): Memory {
  const learned = {
    rows: new Float32Array(qf2.intermediate_size),
    places: new Int32Array(qf2.expansion.units),
  };
  return { version: 'base', weight, learned };
}

/** The same matrix, with no rows but its own. @param ffn width of a row */
export function compacted({ rows, places }: Learned, ffn: number): Learned {
  const used = [...new Set(places)].filter((place) => place > 0);
  const own = new Float32Array((1 + used.length) * ffn);
  const moved = new Map([[0, 0]]);
  for (const [n, place] of used.entries()) {
    own.set(rows.subarray(place * ffn, (place + 1) * ffn), (1 + n) * ffn);
    moved.set(place, 1 + n);
  }
  return { rows: own, places: places.map((place) => moved.get(place) ?? 0) };
}
