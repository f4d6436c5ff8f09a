import { createHash } from 'node:crypto';
import { parseConfig } from '../../../sidecar/engine/config';
import { ModelError } from '../../../sidecar/engine/errors';
import type { GenerateOptions, Generation, Memory, Prompt, Recording } from '../../../sidecar/engine/types';
import { questionKey } from '../../../sidecar/learning/answers';
import type { TeachableModel } from '../../../sidecar/learning/model';

const D = 48;
const FFN = 64;
const ABSTENTION = 'Need more information.';

/**
 * A model without ONNX Runtime in which the algebra of learning is real: tokens are words, a key is a
 * random vector of question and answer so far plus a common part μ, and a word is read off the signs
 * of the QF2 layer. With a statement "… is ANSWER." in the prompt it answers ANSWER; without one it
 * knows only what the memory holds, else abstains.
 */
export class FakeModel implements TeachableModel {
  readonly id = 'fake';
  readonly executionProvider = 'fake';
  readonly config = parseConfig(
    {
      vocab_size: 100,
      hidden_size: D,
      intermediate_size: FFN,
      num_hidden_layers: 1,
      num_attention_heads: 1,
      num_key_value_heads: 1,
      max_position_embeddings: 64,
      rms_norm_eps: 1e-6,
      qf2: { layer: 0, beta: 10 },
    },
    'fake',
  );
  readonly mu = random('mu', D);
  readonly base: Memory = {
    version: 'base',
    weight: random('base', FFN * D).map((value) => value * 0.05),
    bias: new Float32Array(FFN),
  };
  /** Calls of record so far. */
  recordings = 0;
  disposed = false;
  private readonly words = new Set(['\n', 'Ada', 'Eve', 'Bob']);

  /** @param wait awaited before each generated answer, to test what happens meanwhile */
  constructor(private readonly wait: () => Promise<void> = () => Promise.resolve()) {}

  async record(prompt: Prompt, answer: string, memory: Memory, signal?: AbortSignal): Promise<Recording> {
    await Promise.resolve();
    signal?.throwIfAborted();
    this.recordings++;
    const length = this.countTokens(`${prompt.system} ${prompt.user} ${answer}`);
    if (length > 60) throw new ModelError(`The prompt has ${length} tokens; the model takes 60.`);
    const words = [...answer.split(' '), '\n'];
    words.forEach((word) => this.words.add(word));
    const t = words.length;
    const keys = new Float32Array(t * D);
    const pre = new Float32Array(t * FFN);
    const told = this.read(prompt.system)?.join(' ') === answer;
    words.forEach((word, n) => {
      const key = keyOf(prompt.user, words.slice(0, n));
      keys.set(key, n * D);
      pre.set(told ? random(`code ${word}`, FFN) : this.pre(key, memory), n * FFN);
    });
    const tokens = words.map((_, n) => n);
    return { tokens, keys, pre, probability: new Float32Array(t), correct: words.map(() => told), t };
  }

  async generate(prompt: Prompt, memory: Memory, options: GenerateOptions = {}): Promise<Generation> {
    await this.wait();
    options.signal?.throwIfAborted();
    const told = this.read(prompt.system);
    const said: string[] = [];
    const keys: number[] = [];
    while (said.length < 8) {
      const key = keyOf(prompt.user, said);
      keys.push(...key);
      const word = told ? (told[said.length] ?? '\n') : this.decode(this.pre(key, memory));
      if (word === undefined && said.length === 0) said.push(...ABSTENTION.split(' '));
      if (word === undefined || word === '\n') break;
      said.push(word);
      options.onToken?.(said.length > 1 ? ` ${word}` : word);
    }
    return {
      text: said.join(' '),
      tokens: said.map((_, n) => n),
      keys: Float32Array.from(keys),
      stopped: 'newline',
    };
  }

  countTokens(text: string): number {
    return text.split(/\s+/).length;
  }

  dispose(): Promise<void> {
    this.disposed = true;
    return Promise.resolve();
  }

  private read(statement: string): string[] | undefined {
    return / is (.+?)\.?$/.exec(statement)?.[1]?.split(' ');
  }

  private pre(key: Float32Array, { weight, bias }: Memory): Float32Array {
    return Float32Array.from(bias, (shift, i) =>
      key.reduce((sum, x, j) => sum + x * weight[i * D + j]!, shift),
    );
  }

  private decode(pre: Float32Array): string | undefined {
    const agreement = (word: string): number =>
      random(`code ${word}`, FFN).reduce((sum, code, i) => sum + Number(code > 0 === pre[i]! > 0), 0);
    return [...this.words].find((word) => agreement(word) > 0.9 * FFN);
  }
}

function keyOf(question: string, said: readonly string[]): Float32Array {
  const own = random(`key ${questionKey(question)} ${said.join(' ')}`, D);
  return random('mu', D).map((common, j) => common + own[j]!);
}

/** A vector of the standard normal distribution that depends on its name alone. */
export function random(name: string, length: number): Float32Array {
  const values = new Float32Array(length);
  for (let n = 0; n < length; n += 4) {
    const bytes = createHash('sha256').update(`${name} ${n}`).digest();
    for (let k = 0; k < 4 && n + k < length; k++) {
      const u = (bytes.readUInt32LE(k * 8) + 1) / 2 ** 32;
      const v = bytes.readUInt32LE(k * 8 + 4) / 2 ** 32;
      values[n + k] = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    }
  }
  return values;
}
