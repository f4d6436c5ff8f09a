import { parseConfig } from '../../../sidecar/engine/config';
import { ModelError } from '../../../sidecar/engine/errors';
import type { Provider } from '../../../sidecar/engine/providers';
import type { Runner, Sequence, Step } from '../../../sidecar/engine/runner';
import type { Memory } from '../../../sidecar/engine/types';

const D = 8;
const FFN = 6;
const VOCABULARY = 32;

export const config = parseConfig(
  {
    vocab_size: VOCABULARY,
    hidden_size: D,
    intermediate_size: FFN,
    num_hidden_layers: 1,
    num_attention_heads: 1,
    num_key_value_heads: 1,
    max_position_embeddings: 128,
    rms_norm_eps: 1e-6,
    qf2: { layer: 0, beta: 10, expansion: { units: 256, active: 2 } },
  },
  'fake',
);

export interface Faults {
  /** Added to one logit of the step with this number. */
  logitOff?: { step: number; by: number };
  /** Takes the learned rows for zero. */
  forgetsLearned?: boolean;
  /** Fails from the step with this number on. */
  failsAt?: number;
  /** Milliseconds that a step takes. */
  ms?: number;
}

/** A graph without ONNX Runtime: each result is a function of token, position and learned rows. */
export class FakeRunner implements Runner {
  steps = 0;
  released = false;

  constructor(
    readonly executionProvider: Provider,
    private readonly faults: Faults = {},
  ) {}

  begin(memory: Memory): Sequence {
    let length = 0;
    const step: Sequence['step'] = async (tokens, asked) => {
      const result = await this.step(tokens, asked, length, memory);
      length += tokens.length;
      return result;
    };
    return {
      step,
      get length() {
        return length;
      },
      end: () => undefined,
    };
  }

  private async step(
    tokens: readonly number[],
    asked: readonly number[],
    start: number,
    memory: Memory,
  ): Promise<Step> {
    const { logitOff, forgetsLearned, failsAt = Infinity, ms = 0 } = this.faults;
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    const number = this.steps++;
    if (number >= failsAt) throw new ModelError('Out of device memory');
    const at = (width: number, value: (token: number, i: number) => number): Float32Array =>
      Float32Array.from({ length: asked.length * width }, (_, n) => {
        const place = asked[Math.floor(n / width)]!;
        return value(tokens[place]! + 40 * (start + place), n % width);
      });
    const learned = forgetsLearned ? 0 : 1;
    const { rows, places } = memory.learned;
    const pre = at(FFN, (token, i) => Math.sin(token + i) + learned * rows[places[token % 256]! * FFN + i]!);
    const logits = at(VOCABULARY, (token, i) => Math.cos(token * i));
    if (logitOff?.step === number) logits[3]! += logitOff.by;
    const codes = {
      active: 2,
      index: new Uint16Array(asked.length * 2),
      value: new Float32Array(asked.length * 2),
    };
    return { logits, keys: at(D, (token, i) => Math.sin(token * i + 1)), codes, pre };
  }

  release(): Promise<void> {
    this.released = true;
    return Promise.resolve();
  }
}
