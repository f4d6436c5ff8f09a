import type { Memory, Weights } from '../../engine/types';
import { positionsOf, type Engram, type HebbianEngram, type Lesson } from '../engram';
import type { TeachableModel } from '../teachableModel';
import type { Rule, Seen, Trace } from './rule';

/**
 * The paper's rule (equation 3): W' = W + Σ_t sig_t · rate · (y*_t − 0.5) x_tᵀ, over all positions of
 * all facts. Kept for comparison.
 */
export class HebbianRule implements Rule<HebbianEngram> {
  readonly name = 'hebbian';
  readonly bindsWordings = false;
  /** The paper's rule answers whatever comes of its writes. */
  readonly support = 0;
  private readonly base: Memory;
  private readonly ffn: number;
  private readonly d: number;
  private readonly rate: number;
  private readonly beta: number;

  constructor({ base, config }: Pick<TeachableModel, 'base' | 'config'>) {
    const { intermediate_size, rule, beta } = config.qf2;
    this.base = base;
    this.ffn = intermediate_size;
    this.d = config.hidden_size;
    this.rate = rule.hebbian.rate;
    this.beta = beta;
  }

  form(lessons: readonly Lesson[], emphasis: boolean): HebbianEngram {
    const { ffn, d } = this;
    const kept = positionsOf(lessons, emphasis);
    const t = kept.length;
    const keys = new Float32Array(t * d);
    const firing = new Float32Array(t * ffn);
    kept.forEach(({ lesson: { instruct, update }, position }, row) => {
      keys.set(update.keys.subarray(position * d, (position + 1) * d), row * d);
      const pre = instruct.pre.subarray(position * ffn, (position + 1) * ffn);
      firing.set(
        pre.map((value) => 1 / (1 + Math.exp(-this.beta * value))),
        row * ffn,
      );
    });
    const significance = Float32Array.from(kept, (position) => position.significance);
    return { rule: this.name, t, ffn, keys, firing, significance };
  }

  fits(engram: Engram): engram is HebbianEngram {
    return engram.rule === 'hebbian' && engram.ffn === this.ffn && engram.keys.length === engram.t * this.d;
  }

  write(engram: HebbianEngram): Trace<HebbianEngram> {
    const { ffn, rate } = this;
    const writes = Array.from(engram.significance, (significance, row) =>
      engram.firing.subarray(row * ffn, (row + 1) * ffn).map((value) => significance * rate * (value - 0.5)),
    );
    return { engram, writes };
  }

  fold(traces: readonly Trace<HebbianEngram>[], settled: Weights = this.base): Weights {
    const { d, ffn } = this;
    const sum = Float64Array.from(settled.weight);
    for (const { engram, writes } of traces) {
      writes.forEach((write, row) => {
        for (let i = 0; i < ffn; i++) {
          const scale = write?.[i] ?? 0;
          for (let j = 0; j < d; j++)
            sum[i * d + j] = (sum[i * d + j] ?? 0) + scale * (engram.keys[row * d + j] ?? 0);
        }
      });
    }
    return { weight: Float32Array.from(sum), learned: this.base.learned };
  }

  /** Every write spreads over the whole weight. */
  fill(traces: readonly Trace<HebbianEngram>[]): number {
    return traces.length > 0 ? 1 : 0;
  }

  pre(engram: HebbianEngram, row: number, { weight }: Weights): Float32Array {
    const key = this.probe(engram, row);
    return new Float32Array(this.ffn).map((_, i) => dot(weight.subarray(i * this.d, (i + 1) * this.d), key));
  }

  read(seen: Seen, position: number, { weight }: Weights): Float32Array {
    const { d, base } = this;
    const key = this.probe(seen, position);
    const row = (of: Float32Array, i: number): Float32Array => of.subarray(i * d, (i + 1) * d);
    return new Float32Array(this.ffn).map((_, i) => dot(row(weight, i), key) - dot(row(base.weight, i), key));
  }

  signs({ firing }: HebbianEngram, row: number): Int8Array {
    const { ffn } = this;
    return Int8Array.from(firing.subarray(row * ffn, (row + 1) * ffn), (value) => (value > 0.5 ? 1 : -1));
  }

  probe({ keys }: Seen | HebbianEngram, position: number): Float32Array {
    return keys.subarray(position * this.d, (position + 1) * this.d);
  }

  overlap(engram: HebbianEngram, row: number, probe: Float32Array): number {
    return dot(this.probe(engram, row), probe);
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] ?? 0) * (b[j] ?? 0);
  return sum;
}
