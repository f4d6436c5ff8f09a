import type { Learned, Memory } from '../../engine/types';
import type { Breath } from '../breath';
import type { MarginEngram } from '../engram';
import type { MarginRule } from './margin';
import { learnedRow, RowStore } from './rows';
import type { Replayed, Trace } from './rule';
import { addRow, sumRows } from './sumRows';

/** A margin counts as held when it is missed by less than this. */
const TOLERANCE = 1e-3;
/** Rows of the learned weight that are summed in one go. */
const ROWS_AT_ONCE = 256;

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
  written?: Float32Array;
}

/** Replay of stored positions for the rule `margin`, from L = 0. */
export class Replay {
  /** L as it grows, with a row for every unit. */
  private readonly learned: Learned;

  constructor(
    private readonly rule: MarginRule,
    private readonly base: Memory,
    private readonly settings: ReplaySettings,
  ) {
    const { units, ffn } = settings;
    const places = Int32Array.from({ length: units }, (_, unit) => unit + 1);
    this.learned = { rows: new Float32Array((1 + units) * ffn), places };
  }

  /**
   * Visits all positions, the controls' first: wherever neurons miss their margin, writes Δ = s · (margin − s · p)
   * into L at the position's code, which the next position sees; sweep after sweep, until all hold. The result
   * depends on the engrams and their order alone.
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
    const total = this.settings.sweeps * positions.length;
    for (let sweep = 0; sweep < this.settings.sweeps; sweep++) {
      let isHeld = true;
      for (const [n, position] of positions.entries()) {
        if (this.visit(position)) isHeld = false;
        await breath.take(sweep * positions.length + n, total);
      }
      if (isHeld) break;
    }
    let at = 0;
    const traces = [...controls, ...facts].map((engram): Trace<MarginEngram> => {
      const writes = positions.slice(at, (at += engram.t)).map(({ written }) => written);
      return { engram, writes };
    });
    const learned = await this.sum(traces, breath);
    return { traces, memory: { weight: this.base.weight, learned } };
  }

  /** Writes at a position what its neurons miss. @returns whether any did */
  private visit(position: Position): boolean {
    const { engram, row, isControl } = position;
    const delta = this.rule.pre(engram, row, { learned: this.learned });
    const signs = this.rule.signs(engram, row);
    const atBase = isControl ? this.rule.pre(engram, row, this.base) : undefined;
    let isWritten = false;
    for (let i = 0; i < delta.length; i++) {
      const s = signs[i] ?? 0;
      const margin = atBase
        ? Math.min(Math.abs(atBase[i] ?? 0), this.settings.controlMargin)
        : this.settings.margin;
      const missing = margin - s * (delta[i] ?? 0);
      delta[i] = missing > TOLERANCE ? s * missing : 0;
      isWritten ||= missing > TOLERANCE;
    }
    if (isWritten) this.write(position, delta);
    return isWritten;
  }

  private write(position: Position, delta: Float32Array): void {
    const { engram, row } = position;
    const { active, index, value } = engram.codes;
    for (let n = row * active; n < (row + 1) * active; n++) {
      addRow(learnedRow(this.learned, index[n] ?? 0, delta.length), delta, value[n] ?? 0);
    }
    position.written ??= new Float32Array(delta.length);
    addRow(position.written, delta, 1);
  }

  /** The learned weight from what was written, summed as any fold sums it. */
  private async sum(traces: readonly Trace<MarginEngram>[], breath: Breath): Promise<Learned> {
    const { units, ffn } = this.settings;
    const all = new Uint8Array(units).fill(1);
    const { learned, add } = new RowStore(units, ffn).version(this.base.learned, all);
    for (let unit = 0; unit < units; unit += ROWS_AT_ONCE) {
      const wanted = new Uint8Array(units).fill(1, unit, unit + ROWS_AT_ONCE);
      sumRows(traces, wanted, add);
      await breath.take(unit, units);
    }
    return learned;
  }
}

function positionsOf(engram: MarginEngram, isControl: boolean): Position[] {
  return Array.from({ length: engram.t }, (_, row) => ({ engram, row, isControl }));
}
