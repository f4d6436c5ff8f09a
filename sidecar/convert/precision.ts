import type { BlockBits, BlockSize } from './blocks';
import type { Checkpoint } from './checkpoint';

/** How the matrices of a converted model are stored. All else, and the QF2 layer's own weight, stays f32. */
export const PRECISIONS = ['int4', 'int8', 'fp16', 'fp32'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** A precision and, for those of blocks, how many numbers share a scale. */
export interface Format {
  readonly precision: Precision;
  readonly block: BlockSize;
}

/** Numbers from which on a model is large: its speed and memory are then those of its matrices. */
export const LARGE_PARAMETERS = 100_000_000;

/** What is taken where nothing else is wanted: int4 for a large model, and fp32, which is exact, for a small one. */
export function defaultPrecision({ parameters }: Checkpoint): Precision {
  return parameters >= LARGE_PARAMETERS ? 'int4' : 'fp32';
}

/** Bits of the quantized numbers; undefined for floating point. */
export function blockBits(precision: Precision): BlockBits | undefined {
  return ({ int4: 4, int8: 8, fp16: undefined, fp32: undefined } as const)[precision];
}
