import type { Engram } from '../engram';
import { addScaled } from '../exactSum';
import type { EngramNeeds, Rule } from './rule';

/**
 * The paper's rule (equation 3): W' = W + Σ_t sig_t · rate · (y*_t − 0.5) x_tᵀ, over all positions of
 * all facts, without bias. Kept for comparison.
 */
export class HebbianRule implements Rule {
  readonly name = 'hebbian';
  readonly needs: EngramNeeds = { threshold: 0, keepFiring: true };
  private readonly engrams = new Map<string, Engram>();
  private readonly sum: Float64Array;

  /**
   * @param base W, [ffn, d]; @param rate lr of equation 3
   */
  constructor(
    private readonly base: Float32Array,
    private readonly ffn: number,
    private readonly rate: number,
  ) {
    this.sum = new Float64Array(base.length);
  }

  add(id: string, engram: Engram): void {
    this.engrams.set(id, engram);
    this.apply(engram, 1);
  }

  remove(id: string): void {
    const engram = this.engrams.get(id);
    if (!engram) return;
    this.engrams.delete(id);
    this.apply(engram, -1);
  }

  fold(): { weight: Float32Array; bias: Float32Array } {
    const weight = new Float32Array(this.base.length);
    for (let n = 0; n < weight.length; n++) weight[n] = (this.base[n] ?? 0) + (this.sum[n] ?? 0);
    return { weight, bias: new Float32Array(this.ffn) };
  }

  private apply({ t, d, ffn, keys, significance, firing }: Engram, sign: 1 | -1): void {
    if (!firing) throw new Error('An engram of the rule hebbian must carry its firing.');
    for (let row = 0; row < t; row++) {
      const step = (significance[row] ?? 0) * this.rate;
      for (let i = 0; i < ffn; i++) {
        addScaled(this.sum, i * d, keys, row * d, d, step * ((firing[row * ffn + i] ?? 0) - 0.5), sign);
      }
    }
  }
}
