import type { Engram } from '../engram';
import { replayNeuron } from './replay';
import type { EngramNeeds, Rule } from './rule';
import { dot, prepareTrace, type Trace } from './trace';

export interface MarginOptions {
  /** m: how far from the threshold each neuron must fire. */
  margin: number;
  /** Most sweeps over the stored positions; the first one writes each position once. */
  sweeps: number;
}

/** One stored position: a row of a trace. */
interface Position {
  trace: Trace;
  row: number;
}

/**
 * Our rule: keys centred by μ; position after position is written so that it fires as wanted with
 * margin m, in sweeps until all hold. The result is M with weight W0 + M and bias −M μ.
 */
export class MarginRule implements Rule {
  readonly name = 'margin';
  readonly needs: EngramNeeds = { threshold: 0.05, keepFiring: false };
  private readonly traces = new WeakMap<Engram, Trace>();

  /**
   * @param base W0, [ffn, d]; @param mu μ, [d]; @param ffn number of neurons
   */
  constructor(
    private readonly base: Float32Array,
    private readonly mu: Float32Array,
    private readonly ffn: number,
    private readonly options: MarginOptions,
  ) {}

  fold(engrams: readonly Engram[]): { weight: Float32Array; bias: Float32Array } {
    const { ffn, mu } = this;
    const d = mu.length;
    const positions = engrams
      .map((engram) => this.traceOf(engram))
      .flatMap((trace) => Array.from({ length: trace.t }, (_, row) => ({ trace, row })));
    const t = positions.length;
    const input = { t, gram: gramMatrix(positions, d), ...this.options };
    const weight = Float32Array.from(this.base);
    const bias = new Float32Array(ffn);
    const pre = new Float64Array(t);
    const sign = new Float64Array(t);
    const coefficients = new Float64Array(t);
    const learned = new Float64Array(d);
    for (let i = 0; i < ffn; i++) {
      positions.forEach(({ trace, row }, n) => {
        pre[n] = trace.pre[row * ffn + i] ?? 0;
        sign[n] = trace.sign[row * ffn + i] ?? 0;
      });
      if (!replayNeuron(input, pre, sign, coefficients)) continue;
      learned.fill(0);
      positions.forEach(({ trace, row }, n) => addRow(learned, trace.key, row * d, coefficients[n] ?? 0));
      let shift = 0;
      for (let j = 0; j < d; j++) {
        weight[i * d + j] = (this.base[i * d + j] ?? 0) + (learned[j] ?? 0);
        shift += (learned[j] ?? 0) * (mu[j] ?? 0);
      }
      bias[i] = -shift;
    }
    return { weight, bias };
  }

  private traceOf(engram: Engram): Trace {
    const known = this.traces.get(engram);
    if (known) return known;
    const trace = prepareTrace(engram, this.base, this.mu);
    this.traces.set(engram, trace);
    return trace;
  }
}

/** (x_to − μ) · k_from for all pairs, at [from · t + to]. */
function gramMatrix(positions: readonly Position[], d: number): Float32Array {
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

/** sum += scale · row. */
function addRow(sum: Float64Array, row: Float32Array, from: number, scale: number): void {
  if (scale === 0) return;
  for (let j = 0; j < sum.length; j++) sum[j] = (sum[j] ?? 0) + scale * (row[from + j] ?? 0);
}
