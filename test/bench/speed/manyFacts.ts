import type { ModelConfig } from '../../../sidecar/engine/config';
import type { Codes } from '../../../sidecar/engine/types';
import type { MarginEngram } from '../../../sidecar/learning/engram';
import { randomOf } from '../../../sidecar/random';

/** Positions of a fact, as many as real ones have on average. */
const POSITIONS = 7;
const SEED = 1;

/** Random engrams of so many facts, of the sizes that real ones have: what they cost is the same. */
export function randomEngrams({ qf2 }: ModelConfig, facts: number): Map<string, MarginEngram> {
  const random = randomOf(SEED);
  const { intermediate_size: ffn, margin, expansion } = qf2;
  const signBytes = POSITIONS * Math.ceil(ffn / 8);
  // Each fact's bytes are those of the fact before it, moved by one.
  const { buffer } = Uint8Array.from({ length: POSITIONS * ffn + facts }, () => random() * 256);
  return new Map(
    Array.from({ length: facts }, (_, n): [string, MarginEngram] => [
      `fact ${n}`,
      {
        rule: 'margin',
        t: POSITIONS,
        ffn,
        codes: randomCodes(expansion.units, expansion.active, random),
        pre: new Int8Array(buffer, n, POSITIONS * ffn),
        step: margin / 127,
        targets: new Uint8Array(buffer, n, signBytes),
        significance: new Float32Array(POSITIONS).fill(1),
      },
    ]),
  );
}

function randomCodes(units: number, active: number, random: () => number): Codes {
  const rows = Array.from({ length: POSITIONS }, () => {
    const chosen = new Set<number>();
    while (chosen.size < active) chosen.add(Math.floor(random() * units));
    return [...chosen];
  });
  const value = new Float32Array(POSITIONS * active).fill(1 / Math.sqrt(active));
  return { active, index: Uint16Array.from(rows.flat()), value };
}
