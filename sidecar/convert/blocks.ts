/** Numbers of a row that may share a scale. */
export const BLOCKS = [32, 64, 128] as const;
export type BlockSize = (typeof BLOCKS)[number];

/** What is taken where nothing else is wanted: the smallest, which is the most exact. */
export const DEFAULT_BLOCK: BlockSize = 32;

/** Bits of a number that is stored in a block. */
export type BlockBits = 4 | 8;

/** Rows of a matrix in the layout of ONNX Runtime's MatMulNBits, with the implicit zero point 2^(bits-1). */
export interface Blocks {
  /** [rows, blocks, block * bits / 8]; of two numbers in a byte the first is in the lower half. */
  readonly packed: Uint8Array;
  /** [rows, blocks] */
  readonly scales: Float32Array;
}

/** Blocks that a row of `width` numbers takes; the last one may be filled up with zeros. */
export function blocksOf(width: number, block: BlockSize): number {
  return Math.ceil(width / block);
}

/**
 * Quantizes rows of `width` numbers, `block` at a time. A block's scale makes its number of the largest size the
 * lowest value that the bits can hold, as llama.cpp's Q4_0 does: that number is kept as it is.
 */
export function quantize(rows: Float32Array, width: number, bits: BlockBits, block: BlockSize): Blocks {
  const each = blocksOf(width, block);
  const count = (rows.length / width) * each;
  const blockBytes = (block * bits) / 8;
  const zero = 2 ** (bits - 1);
  const packed = new Uint8Array(count * blockBytes);
  const scales = new Float32Array(count);
  const values = new Uint8Array(block);
  for (let n = 0; n < count; n++) {
    const inRow = n % each;
    const begin = ((n - inRow) / each) * width + inRow * block;
    const end = begin + Math.min(block, width - inRow * block);
    const scale = extremeOf(rows, begin, end) / -zero;
    const inverse = scale === 0 ? 0 : 1 / scale;
    scales[n] = scale;
    values.fill(zero, end - begin);
    for (let i = begin; i < end; i++) {
      const value = ((rows[i] ?? 0) * inverse + (zero + 0.5)) | 0;
      values[i - begin] = value < 2 * zero ? value : 2 * zero - 1;
    }
    if (bits === 8) packed.set(values, n * blockBytes);
    else packHalves(values, packed, n * blockBytes);
  }
  return { packed, scales };
}

/** The number of the largest size, with its sign. */
function extremeOf(rows: Float32Array, begin: number, end: number): number {
  let extreme = 0;
  let largest = 0;
  for (let i = begin; i < end; i++) {
    const value = rows[i] ?? 0;
    const size = Math.abs(value);
    if (size > largest) {
      largest = size;
      extreme = value;
    }
  }
  return extreme;
}

function packHalves(values: Uint8Array, packed: Uint8Array, at: number): void {
  for (let i = 0; i < values.length / 2; i++)
    packed[at + i] = (values[2 * i] ?? 0) | ((values[2 * i + 1] ?? 0) << 4);
}
