import bytes from './bytes';

/** Columns that the kernel works at in one go. */
export const TILE = 16;
/** Most floats that are copied in and out at a time. */
const ROOM = 8 << 20;
/** Bytes of memory that are kept from one sum to the next. */
const KEPT = 16 << 20;
const PAGE = 1 << 16;

/** Sums of weighted rows. */
export interface Lists {
  /** Where the entries of each list start, and where the last one's end, [lists + 1]. */
  readonly starts: Uint32Array;
  /** Of each entry, which row, ... */
  readonly numbers: Uint32Array;
  /** ... and its weight. */
  readonly values: Float32Array;
}

/** What kernel.wat exports; addresses are in bytes. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  spread(row: number, tiles: number, to: number, tileBytes: number): void;
  sum(
    starts: number,
    lists: number,
    numbers: number,
    values: number,
    rows: number,
    out: number,
    outBytes: number,
  ): void;
  sweep(
    positions: number,
    active: number,
    units: number,
    values: number,
    state: number,
    learned: number,
    limit: number,
  ): number;
}

/** The part of it that is used here; the types of Node leave it out. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: object };
};

const compiled = new WebAssembly.Module(bytes);

/** The kernel with a memory of its own. */
class Kernel {
  readonly run: Exports;
  floats = new Float32Array(0);
  private words = new Uint32Array(0);
  private used = 0;

  constructor() {
    this.run = new WebAssembly.Instance(compiled).exports as Exports;
  }

  get bytes(): number {
    return this.floats.byteLength;
  }

  /** Forgets what is in the memory, and has room for so many words. */
  reset(words: number): void {
    this.used = 0;
    const more = words * 4 - this.bytes;
    if (more <= 0) return;
    this.run.memory.grow(Math.ceil(more / PAGE));
    this.floats = new Float32Array(this.run.memory.buffer);
    this.words = new Uint32Array(this.run.memory.buffer);
  }

  /** @returns the first of `count` words, aligned to a cache line */
  take(count: number): number {
    const start = this.used;
    this.used += aligned(count);
    return start;
  }

  /** @returns the first of the words that have these values now */
  put(values: Uint32Array | Float32Array): number {
    const start = this.take(values.length);
    (values instanceof Float32Array ? this.floats : this.words).set(values, start);
    return start;
  }
}

let idle: Kernel | undefined;

/**
 * out[l] = Σ value · row over the entries of list l, in that order, in f32.
 * @param rows of the same length as each of `out`
 */
export function sumLists(
  { starts, numbers, values }: Lists,
  rows: readonly Float32Array[],
  out: readonly Float32Array[],
): void {
  const ffn = out[0]?.length ?? 0;
  const most = Math.max(TILE, Math.floor(ROOM / (rows.length + out.length) / TILE) * TILE);
  const width = Math.min(most, Math.ceil(ffn / TILE) * TILE);
  const kernel = (idle ??= new Kernel());
  kernel.reset(aligned(starts.length) + 2 * aligned(values.length) + (1 + rows.length + out.length) * width);
  const [startsAt, numbersAt, valuesAt] = [kernel.put(starts), kernel.put(numbers), kernel.put(values)];
  const rowsAt = kernel.take(rows.length * width);
  const rowAt = kernel.take(width);
  const outAt = kernel.take(out.length * width);
  const { run, floats } = kernel;
  for (let column = 0; column < ffn; column += width) {
    const end = Math.min(ffn, column + width);
    const tiles = Math.ceil((end - column) / TILE);
    rows.forEach((row, n) => {
      floats.set(row.subarray(column, end), rowAt);
      run.spread(4 * rowAt, tiles, 4 * (rowsAt + n * TILE), 4 * rows.length * TILE);
    });
    for (let tile = 0; tile < tiles; tile++) {
      run.sum(
        4 * startsAt,
        out.length,
        4 * numbersAt,
        4 * valuesAt,
        4 * (rowsAt + tile * rows.length * TILE),
        4 * (outAt + tile * TILE),
        4 * width,
      );
    }
    out.forEach((row, l) => {
      const start = outAt + l * width;
      row.set(floats.subarray(start, start + end - column), column);
    });
  }
  if (kernel.bytes > KEPT) idle = undefined;
}

/** Replays stored positions on one tile of columns after another. */
export class TileReplay {
  /**
   * Of each position its pre-activations at base, those that it wants, each with the sign in which more is better,
   * and what was written there so far, [positions, 3, TILE].
   */
  readonly state: Float32Array;
  private readonly kernel = new Kernel();
  private readonly positions: number;
  private readonly unitsAt: number;
  private readonly valuesAt: number;
  private readonly stateAt: number;
  private readonly learnedAt: number;

  /**
   * @param index, value the positions' codes, [positions, active]
   * @param active units of a code, of `units` that there are
   */
  constructor(
    index: Uint32Array,
    value: Float32Array,
    private readonly active: number,
    private readonly units: number,
  ) {
    const { kernel } = this;
    this.positions = index.length / active;
    const count = this.positions * 3 * TILE;
    kernel.reset(2 * aligned(index.length) + count + units * TILE);
    this.unitsAt = kernel.put(index);
    this.valuesAt = kernel.put(value);
    this.stateAt = kernel.take(count);
    this.learnedAt = kernel.take(units * TILE);
    this.state = kernel.floats.subarray(this.stateAt, this.stateAt + count);
  }

  /** Begins with another tile, all zero: L, and the state, which is to be filled in. */
  begin(): void {
    this.state.fill(0);
    this.kernel.floats.fill(0, this.learnedAt, this.learnedAt + this.units * TILE);
  }

  /**
   * Visits all positions: what their neurons miss of what they want is written into L at the position's code,
   * which the next position sees.
   * @param tolerance a neuron that misses no more than this is left alone
   * @returns whether anything was written
   */
  sweep(tolerance: number): boolean {
    const { kernel, positions, active, unitsAt, valuesAt, stateAt, learnedAt } = this;
    return (
      kernel.run.sweep(
        positions,
        active,
        4 * unitsAt,
        4 * valuesAt,
        4 * stateAt,
        4 * learnedAt,
        tolerance,
      ) !== 0
    );
  }
}

function aligned(words: number): number {
  return Math.ceil(words / TILE) * TILE;
}
