import type { Engram } from '../engram';
import type { EngramNeeds, Rule } from './rule';

/**
 * The paper's rule (equation 3): W' = W + Σ_t sig_t · rate · (y*_t − 0.5) x_tᵀ, over all positions of
 * all facts, without bias. Kept for comparison.
 */
export class HebbianRule implements Rule {
  readonly name = 'hebbian';
  readonly needs: EngramNeeds = { threshold: 0, keepFiring: true };

  /**
   * @param base W, [ffn, d]; @param ffn number of neurons; @param rate lr of equation 3
   */
  constructor(
    private readonly base: Float32Array,
    private readonly ffn: number,
    private readonly rate: number,
  ) {}

  fold(engrams: readonly Engram[]): { weight: Float32Array; bias: Float32Array } {
    const sum = Float64Array.from(this.base);
    for (const engram of engrams) this.add(engram, sum);
    return { weight: Float32Array.from(sum), bias: new Float32Array(this.ffn) };
  }

  /** Adds an engram's term of the sum. */
  private add({ t, d, ffn, keys, significance, firing }: Engram, sum: Float64Array): void {
    if (!firing) throw new Error('An engram of the rule hebbian must carry its firing.');
    for (let row = 0; row < t; row++) {
      const step = (significance[row] ?? 0) * this.rate;
      for (let i = 0; i < ffn; i++) {
        const scale = step * ((firing[row * ffn + i] ?? 0) - 0.5);
        for (let j = 0; j < d; j++) sum[i * d + j] = (sum[i * d + j] ?? 0) + scale * (keys[row * d + j] ?? 0);
      }
    }
  }
}
