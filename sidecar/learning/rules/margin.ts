import type { Codes, Learned, Memory, Weights } from '../../engine/types';
import type { Breath } from '../breath';
import { positionsOf, type Engram, type Lesson, type LessonPosition, type MarginEngram } from '../engram';
import { packSigns, signBytes, unpackSigns } from '../signs';
import type { TeachableModel } from '../teachableModel';
import { addScaled } from './addScaled';
import { sumLists } from './kernel/kernel';
import { Replay, type ReplaySettings } from './replay';
import { learnedRow, RowStore } from './rows';
import type { Replayed, Rule, Seen, Since, Trace } from './rule';
import { sumRows } from './sumRows';

/** Steps of the stored pre-activations in one margin: their error is at most a 64th of it, unless they are far larger. */
const STEPS = 32;
/** Most steps that are stored. */
const MOST_STEPS = 127;
/** Of wrong answers to questions about things like those taught it stops two thirds, of right ones to other wordings 5 %. */
const SUPPORT = 0.35;

/**
 * Our rule. At a position whose key has the code φ, wanted signs s and the pre-activations p, it writes
 * c = significance · s · max(0, m − s · p), m the margin, into the learned rows of the active units:
 * L = Σ φ cᵀ. Within one engram, p has what its earlier positions wrote. Codes of different facts hardly overlap,
 * so that each is read almost alone.
 */
export class MarginRule implements Rule<MarginEngram> {
  readonly name = 'margin';
  readonly bindsWordings = true;
  readonly support = SUPPORT;
  private readonly base: Memory;
  private readonly units: number;
  private readonly active: number;
  private readonly ffn: number;
  private readonly margin: number;
  private readonly settings: ReplaySettings;
  private readonly store: RowStore;
  /** A probe to be filled, all zero when it is not used: a new one for each position took most of a fold's time. */
  private readonly dense: Float32Array;

  constructor({ base, config }: Pick<TeachableModel, 'base' | 'config'>) {
    const { expansion, intermediate_size, margin, rule } = config.qf2;
    this.base = base;
    this.units = expansion.units;
    this.active = expansion.active;
    this.ffn = intermediate_size;
    this.margin = margin;
    this.store = new RowStore(expansion.units, intermediate_size);
    this.dense = new Float32Array(expansion.units);
    this.settings = {
      units: expansion.units,
      ffn: intermediate_size,
      sweeps: rule.margin.replay_sweeps,
      margin: rule.margin.replay_share * margin,
      controlMargin: rule.margin.control_margin * margin,
    };
  }

  form(lessons: readonly Lesson[], emphasis: boolean): MarginEngram {
    return this.formOf(positionsOf(lessons, emphasis));
  }

  fits(engram: Engram): engram is MarginEngram {
    return (
      engram.rule === 'margin' &&
      engram.ffn === this.ffn &&
      engram.codes.active === this.active &&
      engram.codes.index.every((unit) => unit < this.units)
    );
  }

  write(engram: MarginEngram, settled: Weights = this.base): Trace<MarginEngram> {
    const writes: Float32Array[] = [];
    engram.significance.forEach((significance, row) => {
      const write = this.pre(engram, row, settled);
      // Wordings of one question overlap: each adds only what those before it leave missing.
      this.overlapsBefore(engram, row).forEach((overlap, n) => {
        const earlier = writes[n];
        if (earlier) addScaled(write, earlier, overlap);
      });
      const signs = this.signs(engram, row);
      for (let i = 0; i < write.length; i++) {
        const s = signs[i] ?? 0;
        write[i] = significance * s * Math.max(0, this.margin - s * (write[i] ?? 0));
      }
      writes.push(write);
    });
    return { engram, writes };
  }

  fold(
    traces: readonly Trace<MarginEngram>[],
    settled: Weights = this.base,
    since: Since<MarginEngram> = { memory: settled, changed: traces.map(({ engram }) => engram) },
  ): Weights {
    const changed = this.unitsOf(since.changed);
    const { learned, add } = this.store.version(since.memory.learned, changed);
    sumRows(traces, changed, add, settled.learned);
    return { weight: this.base.weight, learned };
  }

  replay(
    controls: readonly MarginEngram[],
    facts: readonly MarginEngram[],
    breath: Breath,
  ): Promise<Replayed<MarginEngram>> {
    return new Replay(this.base, this.settings, this.store).run(controls, facts, breath);
  }

  fill(traces: readonly Trace<MarginEngram>[]): number {
    const units = this.unitsOf(traces.map(({ engram }) => engram));
    return units.reduce((sum, mark) => sum + mark, 0) / units.length;
  }

  pre({ codes, pre, step }: MarginEngram, row: number, { learned }: Weights): Float32Array {
    const { ffn } = this;
    const base = new Float32Array(ffn);
    for (let i = 0; i < ffn; i++) base[i] = (pre[row * ffn + i] ?? 0) * step;
    if (learned === this.base.learned) return base;
    const read = this.readLearned(codes, row, learned);
    return base.map((value, i) => value + (read[i] ?? 0));
  }

  read({ codes }: Seen, position: number, { learned }: Weights): Float32Array {
    return this.readLearned(codes, position, learned);
  }

  signs({ targets, ffn }: MarginEngram, row: number): Int8Array {
    return unpackSigns(targets, row, ffn);
  }

  probe({ codes }: Seen | MarginEngram, position: number): Float32Array {
    const dense = new Float32Array(this.units);
    for (let n = position * codes.active; n < (position + 1) * codes.active; n++) {
      dense[codes.index[n] ?? 0] = codes.value[n] ?? 0;
    }
    return dense;
  }

  overlap({ codes }: MarginEngram, row: number, probe: Float32Array): number {
    let sum = 0;
    for (let n = row * codes.active; n < (row + 1) * codes.active; n++) {
      sum += (codes.value[n] ?? 0) * (probe[codes.index[n] ?? 0] ?? 0);
    }
    return sum;
  }

  /** How much of what was written at each of the positions before `row` is read there. */
  private overlapsBefore(engram: MarginEngram, row: number): number[] {
    const { dense } = this;
    const { active, index, value } = engram.codes;
    const [start, end] = [row * active, (row + 1) * active];
    for (let n = start; n < end; n++) dense[index[n] ?? 0] = value[n] ?? 0;
    const overlaps = Array.from({ length: row }, (_, n) => this.overlap(engram, n, dense));
    for (let n = start; n < end; n++) dense[index[n] ?? 0] = 0;
    return overlaps;
  }

  /** Lᵀ φ at a position of these codes. */
  private readLearned({ active, index, value }: Codes, position: number, learned: Learned): Float32Array {
    const { ffn } = this;
    const [start, end] = [position * active, (position + 1) * active];
    const rows = Array.from(index.subarray(start, end), (unit) => learnedRow(learned, unit, ffn));
    const values = value.subarray(start, end);
    const read = new Float32Array(ffn);
    sumLists(
      { starts: Uint32Array.of(0, rows.length), numbers: Uint32Array.from(rows.keys()), values },
      rows,
      [read],
    );
    return read;
  }

  private formOf(positions: readonly LessonPosition[]): MarginEngram {
    const { ffn, active } = this;
    const t = positions.length;
    const bytes = signBytes(ffn);
    const index = new Uint16Array(t * active);
    const value = new Float32Array(t * active);
    const pre = new Int8Array(t * ffn);
    const targets = new Uint8Array(t * bytes);
    const rowOf = <A extends Float32Array | Uint16Array>(array: A, position: number, width: number): A =>
      array.subarray(position * width, (position + 1) * width) as A;
    const largest = positions.reduce(
      (most, { lesson: { update }, position }) =>
        rowOf(update.pre, position, ffn).reduce((max, p) => Math.max(max, Math.abs(p)), most),
      0,
    );
    const step = Math.fround(Math.max(this.margin / STEPS, largest / MOST_STEPS));
    positions.forEach(({ lesson: { instruct, update }, position }, row) => {
      index.set(rowOf(update.codes.index, position, active), row * active);
      value.set(rowOf(update.codes.value, position, active), row * active);
      rowOf(update.pre, position, ffn).forEach((p, i) => {
        pre[row * ffn + i] = Math.max(-MOST_STEPS, Math.min(MOST_STEPS, Math.round(p / step)));
      });
      targets.set(packSigns(rowOf(instruct.pre, position, ffn)), row * bytes);
    });
    const significance = Float32Array.from(positions, ({ significance: weight }) => weight);
    return { rule: this.name, t, ffn, codes: { active, index, value }, pre, step, targets, significance };
  }

  /** Marks the units that are active at a position of these engrams, [units]. */
  private unitsOf(engrams: readonly MarginEngram[]): Uint8Array {
    const marks = new Uint8Array(this.units);
    for (const { codes } of engrams) codes.index.forEach((unit) => (marks[unit] = 1));
    return marks;
  }
}
