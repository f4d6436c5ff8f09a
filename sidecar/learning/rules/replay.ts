import type { Learned, Memory } from '../../engine/types';
import type { Breath } from '../breath';
import type { MarginEngram } from '../engram';
import { unpackSigns } from '../signs';
import { TILE, TileReplay } from './kernel/kernel';
import type { RowStore } from './rows';
import type { Replayed, Trace } from './rule';
import { sumRows } from './sumRows';

/** A margin counts as held when it is missed by less than this. */
const TOLERANCE = 1e-3;
/** Rows of the learned weight that are summed in one go. */
const ROWS_AT_ONCE = 2048;

export interface ReplaySettings {
  /** Units of the expansion, and neurons. */
  readonly units: number;
  readonly ffn: number;
  /** Most sweeps over all positions. */
  readonly sweeps: number;
  /** What each neuron at a fact's position must have, s · p ≥ margin. */
  readonly margin: number;
  /** Most that a neuron at a control's position must keep of what it has at base. */
  readonly controlMargin: number;
}

/** A stored position, and all that was written there so far. */
interface Position {
  readonly engram: MarginEngram;
  readonly row: number;
  readonly isControl: boolean;
  readonly signs: Int8Array;
  written?: Float32Array;
}

/** Replay of stored positions for the rule `margin`, from L = 0. */
export class Replay {
  constructor(
    private readonly base: Memory,
    private readonly settings: ReplaySettings,
    private readonly store: RowStore,
  ) {}

  /**
   * Visits all positions, the controls' first: wherever neurons miss their margin, writes Δ = s · (margin − s · p)
   * into L at the position's code, which the next position sees; sweep after sweep, until all hold. Neurons do not
   * see each other, so that this is done for some of them after the others. The result depends on the engrams and
   * their order alone.
   * @throws the breath's reason if it is stopped
   */
  async run(
    controls: readonly MarginEngram[],
    facts: readonly MarginEngram[],
    breath: Breath,
  ): Promise<Replayed<MarginEngram>> {
    const positions = [
      ...controls.flatMap((engram) => positionsOf(engram, true)),
      ...facts.flatMap((engram) => positionsOf(engram, false)),
    ];
    if (positions.length > 0) await this.sweep(positions, breath);
    let at = 0;
    const traces = [...controls, ...facts].map((engram): Trace<MarginEngram> => {
      const writes = positions.slice(at, (at += engram.t)).map(({ written }) => written);
      return { engram, writes };
    });
    const learned = await this.sum(traces, breath);
    return { traces, memory: { weight: this.base.weight, learned } };
  }

  /** Finds what is written at each position. */
  private async sweep(positions: readonly Position[], breath: Breath): Promise<void> {
    const { units, ffn, sweeps } = this.settings;
    const replay = replayOf(positions, units);
    for (let column = 0; column < ffn; column += TILE) {
      this.begin(replay, positions, column);
      let isHeld = false;
      for (let sweep = 0; sweep < sweeps && !isHeld; sweep++) {
        isHeld = !replay.sweep(TOLERANCE);
        await breath.take((column / TILE) * sweeps + sweep, (ffn / TILE) * sweeps);
      }
      this.collect(replay, positions, column);
    }
  }

  /** Has the replay begin with the neurons from `column` on; there may be fewer than it has room for. */
  private begin(replay: TileReplay, positions: readonly Position[], column: number): void {
    const { ffn, margin, controlMargin } = this.settings;
    replay.begin();
    const { state } = replay;
    positions.forEach(({ engram: { pre, step }, row, isControl, signs }, n) => {
      const at = n * 3 * TILE;
      for (let i = 0; i < TILE && column + i < ffn; i++) {
        const base = Math.fround((pre[row * ffn + column + i] ?? 0) * step);
        state[at + i] = base;
        const least = isControl ? Math.min(Math.abs(base), controlMargin) : margin;
        state[at + TILE + i] = (signs[column + i] ?? 0) * least;
      }
    });
  }

  /** Takes over what was written at these neurons. */
  private collect({ state }: TileReplay, positions: readonly Position[], column: number): void {
    const { ffn } = this.settings;
    positions.forEach((position, n) => {
      const at = n * 3 * TILE + 2 * TILE;
      for (let i = 0; i < TILE && column + i < ffn; i++) {
        const value = state[at + i] ?? 0;
        if (value === 0) continue;
        position.written ??= new Float32Array(ffn);
        position.written[column + i] = value;
      }
    });
  }

  /** The learned weight from what was written, summed as any fold sums it. */
  private async sum(traces: readonly Trace<MarginEngram>[], breath: Breath): Promise<Learned> {
    const { units } = this.settings;
    const { learned, add } = this.store.version(this.base.learned, unitsOf(traces, units));
    for (let unit = 0; unit < units; unit += ROWS_AT_ONCE) {
      const wanted = new Uint8Array(units).fill(1, unit, unit + ROWS_AT_ONCE);
      sumRows(traces, wanted, add, this.base.learned);
      await breath.take(unit, units);
    }
    return learned;
  }
}

/** Marks the units that are active where something was written, [units]. */
function unitsOf(traces: readonly Trace<MarginEngram>[], units: number): Uint8Array {
  const marks = new Uint8Array(units);
  for (const { engram, writes } of traces) {
    const { active, index } = engram.codes;
    writes.forEach((write, row) => {
      if (write) for (const unit of index.subarray(row * active, (row + 1) * active)) marks[unit] = 1;
    });
  }
  return marks;
}

function positionsOf(engram: MarginEngram, isControl: boolean): Position[] {
  return Array.from({ length: engram.t }, (_, row) => ({
    engram,
    row,
    isControl,
    signs: unpackSigns(engram.targets, row, engram.ffn),
  }));
}

/** The kernel's replay of these positions' codes. */
function replayOf(positions: readonly Position[], units: number): TileReplay {
  const active = positions[0]?.engram.codes.active ?? 0;
  const index = new Uint32Array(positions.length * active);
  const value = new Float32Array(positions.length * active);
  positions.forEach(({ engram: { codes }, row }, n) => {
    const [start, end] = [row * active, (row + 1) * active];
    index.set(codes.index.subarray(start, end), n * active);
    value.set(codes.value.subarray(start, end), n * active);
  });
  return new TileReplay(index, value, active, units);
}
