import { randomOf } from '../random';
import { concat } from './concat';
import type { ModelConfig } from './config';
import { withSequence, type Runner, type Step } from './runner';
import { rowOf } from './softmax';
import type { Memory } from './types';

const PREFILLED = 64;
const DECODED = 8;

/** Learned rows of the test's memory; and most that a number in them is away from zero. */
const LEARNED_ROWS = 64;
const LEARNED_SIZE = 2;

/** Tokens that are timed, after one that is not: shaders are compiled for the first. */
const TIMED = 3;

/**
 * Most that a row of results may differ from the CPU's, in the root mean square, as a share of the row's own: half of
 * the rows, and any one. With blocks of 4 bits the CPU rounds activations too, which alone, over the 24 layers before
 * the QF2 layer of a random model of Qwen2.5-1.5B's shape, makes 0.04 of the median and 0.11 of the worst row.
 */
const TOLERANCE = { median: 0.1, worst: 0.3 };

/** What a provider computed in the test: a prefill, then tokens one by one. */
export type Trial = readonly Step[];

/** Results that are compared, as a message names them. */
const COMPARED = {
  keys: "QF2 layer's inputs",
  pre: "QF2 layer's pre-activations",
  logits: 'logits',
} as const;

/** Has a provider compute what the CPU computes as well, with a memory in which much is learned. */
export class SelfTest {
  private readonly tokens: number[];
  private readonly memory: Memory;

  /** @param weight W0, [ffn, d] */
  constructor(
    private readonly config: ModelConfig,
    weight: Float32Array,
  ) {
    const { vocab_size: vocabulary, max_position_embeddings: context } = config;
    const random = randomOf(1);
    const length = Math.min(PREFILLED + DECODED, context);
    this.tokens = Array.from({ length }, () => Math.floor(random() * vocabulary));
    this.memory = learnedMemory(config, weight, random);
  }

  /** Prefills 64 tokens and decodes 8. @throws what the provider fails with */
  async run(runner: Runner): Promise<Trial> {
    const prefilled = this.tokens.slice(0, -DECODED);
    return await withSequence(runner, this.memory, async (sequence) => {
      const steps = [await sequence.step(prefilled, [...prefilled.keys()])];
      for (const token of this.tokens.slice(-DECODED)) steps.push(await sequence.step([token], [0]));
      return steps;
    });
  }

  /** Milliseconds that a token takes, at best. */
  async tokenTime(runner: Runner): Promise<number> {
    return await withSequence(runner, this.memory, async (sequence) => {
      let best = Infinity;
      for (const [n, token] of this.tokens.slice(0, 1 + TIMED).entries()) {
        const start = performance.now();
        await sequence.step([token], [0]);
        if (n > 0) best = Math.min(best, performance.now() - start);
      }
      return best;
    });
  }

  /** How a trial differs from the CPU's, for a message; undefined where they agree. */
  disagreement(trial: Trial, reference: Trial): string | undefined {
    const { vocab_size, hidden_size, qf2 } = this.config;
    const widths = { keys: hidden_size, pre: qf2.intermediate_size, logits: vocab_size };
    for (const part of ['keys', 'pre', 'logits'] as const) {
      const all = (steps: Trial): Float32Array => concat(steps.map((step) => step[part]));
      const { median, worst, largest } = differences(all(trial), all(reference), widths[part]);
      if (median <= TOLERANCE.median && worst <= TOLERANCE.worst) continue;
      return Number.isNaN(largest)
        ? `its ${COMPARED[part]} contain NaN`
        : `its ${COMPARED[part]} differ by ${largest.toPrecision(2)} from the CPU's`;
    }
    return undefined;
  }
}

/**
 * The largest difference, and the root mean square of a row's differences as a share of the row's own: of the median
 * and of the worst row. All are NaN where a number is.
 */
function differences(
  actual: Float32Array,
  expected: Float32Array,
  width: number,
): { median: number; worst: number; largest: number } {
  const shares: number[] = [];
  let largest = 0;
  for (let row = 0; row * width < expected.length; row++) {
    let [squares, own] = [0, 0];
    rowOf(expected, row, width).forEach((value, i) => {
      const off = Math.abs((actual[row * width + i] ?? NaN) - value);
      largest = Math.max(largest, off);
      squares += off * off;
      own += value * value;
    });
    shares.push(Math.sqrt(squares / own));
  }
  const worst = Math.max(...shares);
  const median = shares.sort((a, b) => a - b)[shares.length >> 1] ?? NaN;
  return { median: Number.isNaN(worst) ? NaN : median, worst, largest };
}

function learnedMemory({ qf2 }: ModelConfig, weight: Float32Array, random: () => number): Memory {
  const ffn = qf2.intermediate_size;
  const rows = Float32Array.from({ length: (1 + LEARNED_ROWS) * ffn }, (_, i) =>
    i < ffn ? 0 : LEARNED_SIZE * (2 * random() - 1),
  );
  const places = Int32Array.from({ length: qf2.expansion.units }, (_, unit) => unit % (1 + LEARNED_ROWS));
  return { version: 'self-test', weight, learned: { rows, places } };
}
