import { createHash } from 'node:crypto';
import { parseConfig, type ModelConfig } from '../../../sidecar/engine/config';
import { ModelError } from '../../../sidecar/engine/errors';
import type {
  Codes,
  Control,
  GenerateOptions,
  Generation,
  Memory,
  Prompt,
  Recording,
} from '../../../sidecar/engine/types';
import { questionKey } from '../../../sidecar/learning/answers';
import type { TeachableModel } from '../../../sidecar/learning/teachableModel';

const D = 96;
const FFN = 64;
const UNITS = 1024;
const ACTIVE = 8;
const ABSTENTION = 'Need more information.';

export interface FakeOptions {
  /** Awaited before each answer and recording, to test what happens meanwhile. */
  wait?: () => Promise<void>;
  controls?: readonly Control[];
  /** Settings of the rule `margin`. */
  margin?: Partial<ModelConfig['qf2']['rule']['margin']>;
}

/** What the layer sees at a position, and what the model says there. */
interface Position {
  key: Float32Array;
  code: Code;
  pre: Float32Array;
  word: string;
}

/**
 * A model without ONNX Runtime in which the algebra of learning is real: tokens are words, a key is a
 * random vector of question and answer so far plus a common part, its code is sparse, and a word is read off
 * the signs of the QF2 layer. With a statement "… is ANSWER." in the prompt it answers ANSWER; without one it
 * knows only what the memory holds, else abstains.
 */
export class FakeModel implements TeachableModel {
  readonly id = 'fake';
  readonly executionProvider = 'fake';
  providerProblems: string[] = [];
  readonly config: ModelConfig;
  readonly base: Memory = {
    version: 'base',
    weight: random('base', FFN * D).map((value) => value * 0.04),
    learned: { rows: new Float32Array(FFN), places: new Int32Array(UNITS) },
  };
  readonly controls: readonly Control[];
  /** Calls of record so far. */
  recordings = 0;
  /** Questions that were answered so far. */
  readonly asked: string[] = [];
  disposed = false;
  private readonly wait: () => Promise<void>;
  private readonly words = new Set(['\n', 'Ada', 'Eve', 'Bob']);

  constructor({ wait = () => Promise.resolve(), controls = [], margin = {} }: FakeOptions = {}) {
    this.wait = wait;
    this.controls = controls;
    this.config = parseConfig(
      {
        vocab_size: 100,
        hidden_size: D,
        intermediate_size: FFN,
        num_hidden_layers: 1,
        num_attention_heads: 1,
        num_key_value_heads: 1,
        max_position_embeddings: 64,
        rms_norm_eps: 1e-6,
        qf2: { layer: 0, beta: 10, expansion: { units: UNITS, active: ACTIVE }, rule: { margin } },
      },
      'fake',
    );
  }

  async record(
    prompt: Prompt,
    answer: string,
    memory: Memory,
    signal?: AbortSignal,
    most?: number,
  ): Promise<Recording> {
    await this.wait();
    signal?.throwIfAborted();
    this.recordings++;
    const length = this.countTokens(`${prompt.system} ${prompt.user} ${answer}`);
    if (length > 60) throw new ModelError(`The prompt has ${length} tokens; the model takes 60.`);
    const words = [...answer.split(' '), '\n'].slice(0, most);
    words.forEach((word) => this.words.add(word));
    const positions = words.map((_, n) => this.at(prompt, words.slice(0, n), memory));
    return {
      tokens: words.map((_, n) => n),
      ...joined(positions),
      probability: new Float32Array(words.length),
      correct: words.map((word, n) => positions[n]?.word === word),
      t: words.length,
    };
  }

  async generate(prompt: Prompt, memory: Memory, options: GenerateOptions = {}): Promise<Generation> {
    await this.wait();
    options.signal?.throwIfAborted();
    this.asked.push(prompt.user);
    const said: string[] = [];
    const positions: Position[] = [];
    while (said.length < 8) {
      const position = this.at(prompt, said, memory);
      positions.push(position);
      if (position.word === '\n') break;
      options.onToken?.(said.length > 0 ? ` ${position.word}` : position.word);
      said.push(position.word);
    }
    const tokens = positions.map((_, n) => n);
    return { text: said.join(' '), tokens, ...joined(positions) };
  }

  countTokens(text: string): number {
    return text.split(/\s+/).length;
  }

  dispose(): Promise<void> {
    this.disposed = true;
    return Promise.resolve();
  }

  private at({ system, user }: Prompt, said: readonly string[], memory: Memory): Position {
    const told = / is (.+?)\.?$/.exec(system)?.[1]?.split(' ');
    const { key, code } = keyOf(user, said);
    const word =
      told?.slice(0, said.length).join(' ') === said.join(' ') ? (told[said.length] ?? '\n') : undefined;
    const pre = word === undefined ? this.pre(key, code, memory) : random(`code ${word}`, FFN);
    return { key, code, pre, word: word ?? this.decode(pre) ?? abstained(said) };
  }

  private pre(key: Float32Array, code: Code, { weight, learned }: Memory): Float32Array {
    return new Float32Array(FFN).map((_, i) => {
      const known = key.reduce((sum, x, j) => sum + x * weight[i * D + j]!, 0);
      return code.index.reduce(
        (sum, unit, n) => sum + code.value[n]! * learned.rows[learned.places[unit]! * FFN + i]!,
        known,
      );
    });
  }

  private decode(pre: Float32Array): string | undefined {
    const agreement = (word: string): number =>
      random(`code ${word}`, FFN).reduce((sum, code, i) => sum + Number(code > 0 === pre[i]! > 0), 0);
    return [...this.words].find((word) => agreement(word) > 0.9 * FFN);
  }
}

interface Code {
  index: number[];
  value: number[];
}

/** The next word of the abstention, as far as that is what was said. */
function abstained(said: readonly string[]): string {
  const words = ABSTENTION.split(' ');
  return said.every((word, n) => word === words[n]) ? (words[said.length] ?? '\n') : '\n';
}

function joined(positions: readonly Position[]): { keys: Float32Array; codes: Codes; pre: Float32Array } {
  return {
    keys: Float32Array.from(positions.flatMap(({ key }) => [...key])),
    codes: {
      active: ACTIVE,
      index: Uint16Array.from(positions.flatMap(({ code }) => code.index)),
      value: Float32Array.from(positions.flatMap(({ code }) => code.value)),
    },
    pre: Float32Array.from(positions.flatMap(({ pre }) => [...pre])),
  };
}

const keys = new Map<string, { key: Float32Array; code: Code }>();

/** The key at a position, the same each time, and its code. */
function keyOf(question: string, said: readonly string[]): { key: Float32Array; code: Code } {
  const name = `key ${questionKey(question)} ${said.join(' ')}`;
  const known = keys.get(name);
  if (known) return known;
  const own = random(name, D);
  const key = random('common', D).map((common, j) => common + own[j]!);
  keys.set(name, { key, code: codeOf(own) });
  return keyOf(question, said);
}

/** The sparse code of a key's own part, over a random projection. */
function codeOf(own: Float32Array): Code {
  const projection = random('expansion', UNITS * D);
  const z = Array.from({ length: UNITS }, (_, unit) => ({
    unit,
    value: own.reduce((sum, x, j) => sum + x * projection[unit * D + j]!, 0),
  })).sort((a, b) => b.value - a.value);
  const values = z.slice(0, ACTIVE).map(({ value }) => value - z[ACTIVE]!.value);
  const length = Math.hypot(...values);
  return { index: z.slice(0, ACTIVE).map(({ unit }) => unit), value: values.map((value) => value / length) };
}

/** A vector of the standard normal distribution that depends on its name alone. */
export function random(name: string, length: number): Float32Array {
  const key = `${length} ${name}`;
  const values = drawn.get(key) ?? draw(name, length);
  drawn.set(key, values);
  return values.slice();
}

const drawn = new Map<string, Float32Array>();

function draw(name: string, length: number): Float32Array {
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
