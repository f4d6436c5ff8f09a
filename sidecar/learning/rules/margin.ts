import type { Engram } from '../engram';
import { addScaled } from '../exactSum';
import { replayNeuron } from './replay';
import type { EngramNeeds, Rule } from './rule';
import { dot, prepareTrace, type Trace } from './trace';

export interface MarginOptions {
  /** m: how far from the threshold each neuron must fire. */
  margin: number;
  /** Most sweeps over the stored positions after the one write; 0 is the one write alone. */
  sweeps: number;
}

/**
 * Our rule: keys centred by μ, one write that makes each position fire as wanted with margin m, then
 * replay of all stored positions. The result is M with weight W0 + M and bias −M μ.
 *
 * The one write of all facts is kept as an exact sum, so a fact is added or taken out at its own cost;
 * replay starts from there each time, in the order of the ids.
 */
export class MarginRule implements Rule {
  readonly name = 'margin';
  readonly needs: EngramNeeds = { threshold: 0.05, keepFiring: false };
  private readonly traces = new Map<string, Trace>();
  private readonly sum: Float64Array;
  private readonly d: number;

  /**
   * @param base W0, [ffn, d]; @param mu μ, [d]; @param ffn number of neurons
   */
  constructor(
    private readonly base: Float32Array,
    private readonly mu: Float32Array,
    private readonly ffn: number,
    private readonly options: MarginOptions,
  ) {
    this.sum = new Float64Array(base.length);
    this.d = mu.length;
  }

  add(id: string, engram: Engram): void {
    const trace = prepareTrace(engram, this.base, this.mu, this.options.margin);
    for (const other of this.traces.values()) {
      this.influence(trace, other, 1);
      this.influence(other, trace, 1);
    }
    this.influence(trace, trace, 1);
    this.traces.set(id, trace);
    this.accumulate(trace, 1);
  }

  remove(id: string): void {
    const trace = this.traces.get(id);
    if (!trace) return;
    this.traces.delete(id);
    for (const other of this.traces.values()) this.influence(trace, other, -1);
    this.accumulate(trace, -1);
  }

  fold(): { weight: Float32Array; bias: Float32Array } {
    const { ffn, d } = this;
    const traces = [...this.traces.keys()].sort().flatMap((id) => this.traces.get(id) ?? []);
    const positions = traces.flatMap((trace) =>
      Array.from({ length: trace.t }, (_, row) => ({ trace, row })),
    );
    const t = positions.length;
    const input = {
      t,
      gram: gramMatrix(positions, d),
      margin: this.options.margin,
      sweeps: this.options.sweeps,
    };
    const weight = new Float32Array(ffn * d);
    const bias = new Float32Array(ffn);
    const learned = new Float64Array(d);
    const pre = new Float64Array(t);
    const sign = new Float64Array(t);
    const coefficients = new Float64Array(t);
    for (let i = 0; i < ffn; i++) {
      learned.set(this.sum.subarray(i * d, (i + 1) * d));
      let n = 0;
      for (const trace of traces) {
        for (let row = 0; row < trace.t; row++, n++) {
          pre[n] = trace.pre[row * ffn + i] ?? 0;
          sign[n] = trace.sign[row * ffn + i] ?? 0;
        }
      }
      if (replayNeuron(input, pre, sign, coefficients)) {
        n = 0;
        for (const trace of traces) {
          for (let row = 0; row < trace.t; row++, n++)
            addRow(learned, trace.key, row * d, coefficients[n] ?? 0);
        }
      }
      let shift = 0;
      for (let j = 0; j < d; j++) {
        weight[i * d + j] = (this.base[i * d + j] ?? 0) + (learned[j] ?? 0);
        shift += (learned[j] ?? 0) * (this.mu[j] ?? 0);
      }
      bias[i] = -shift;
    }
    return { weight, bias };
  }

  /** Adds to `to`'s pre-activations what `from`'s one write does there, or takes it back. */
  private influence(from: Trace, to: Trace, direction: 1 | -1): void {
    const { ffn, d } = this;
    for (let a = 0; a < from.t; a++) {
      for (let b = 0; b < to.t; b++) {
        const overlap = dot(from.centred, a * d, to.centred, b * d, d) / (from.length2[a] ?? 1);
        addScaled(to.pre, b * ffn, from.write, a * ffn, ffn, overlap, direction);
      }
    }
  }

  /** Adds the one write to the sum of all, or takes it back. */
  private accumulate({ t, key, write }: Trace, direction: 1 | -1): void {
    const { ffn, d } = this;
    for (let row = 0; row < t; row++) {
      for (let i = 0; i < ffn; i++) {
        const scale = write[row * ffn + i] ?? 0;
        if (scale !== 0) addScaled(this.sum, i * d, key, row * d, d, scale, direction);
      }
    }
  }
}

/** (x_to − μ) · k_from for all pairs, at [from · t + to]. */
function gramMatrix(positions: readonly { trace: Trace; row: number }[], d: number): Float32Array {
  const t = positions.length;
  const gram = new Float32Array(t * t);
  positions.forEach((from, a) =>
    positions.slice(a).forEach((to, offset) => {
      const b = a + offset;
      const product = dot(from.trace.centred, from.row * d, to.trace.centred, to.row * d, d);
      gram[a * t + b] = product / (from.trace.length2[from.row] ?? 1);
      gram[b * t + a] = product / (to.trace.length2[to.row] ?? 1);
    }),
  );
  return gram;
}

function addRow(sum: Float64Array, row: Float32Array, from: number, scale: number): void {
  if (scale === 0) return;
  for (let j = 0; j < sum.length; j++) sum[j] = (sum[j] ?? 0) + scale * (row[from + j] ?? 0);
}
