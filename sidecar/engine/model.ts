import { Mutex } from '../mutex';
import { readConfig, type ModelConfig } from './config';
import { readControls } from './controls';
import { ModelError } from './errors';
import { generate, record, type Parts } from './generate';
import { loadRunner } from './loadRunner';
import { untaughtMemory } from './memory';
import { readSideFile, type SideFile } from './sideFile';
import { Tokenizer } from './tokenizer';
import type { Control, GenerateOptions, Generation, LoadOptions, Memory, Prompt, Recording } from './types';

/** A language model with a QF2 layer. What it has learned is passed to each call, so it can be asked untaught too. */
export class Model {
  readonly config: ModelConfig;
  /** Sha256 of graph and weights, shortened. */
  readonly id: string;
  /** Which execution providers are not used though they are there or were wished, and why; a line each, more when one fails. */
  readonly providerProblems: readonly string[];
  /** The QF2 layer before it learns: W0, and L all zero. */
  readonly base: Memory;
  private readonly calls = new Mutex();
  private disposed = false;

  private constructor(
    private readonly parts: Parts,
    /** Questions whose answers learning must leave alone; none where the model brings none. */
    readonly controls: readonly Control[],
    { id, weight }: SideFile,
    providerProblems: readonly string[],
  ) {
    this.config = parts.config;
    this.id = id;
    this.providerProblems = providerProblems;
    this.base = untaughtMemory(this.config, weight);
  }

  /** The execution provider in use. */
  get executionProvider(): string {
    return this.parts.runner.executionProvider;
  }

  /**
   * Loads a converted model directory.
   * @throws ModelError if a file is missing or corrupt, or its shapes are not those of `config.json`.
   */
  static async load(
    dir: string,
    { executionProvider = 'cpu', trialsDir, log = () => undefined }: LoadOptions = {},
  ): Promise<Model> {
    const config = await readConfig(dir);
    const tokenizer = await Tokenizer.load(dir, config.vocab_size);
    const controls = await readControls(dir);
    const sideFile = await readSideFile(dir, config);
    const problems: string[] = [];
    const onProblem = (problem: string): void => {
      problems.push(problem);
      log(problem);
    };
    const source = { dir, config, weight: sideFile.weight, trialsDir };
    const runner = await loadRunner(source, executionProvider, onProblem, log);
    return new Model({ config, tokenizer, runner }, controls, sideFile, problems);
  }

  /**
   * One teacher-forced prefill: what the QF2 layer sees and does at the positions that predict the answer and
   * the stop. Repeated calls give the same bits.
   * @param most of these positions, the first ones; all if not given
   * @throws ModelError if prompt and answer are longer than the model's context; the signal's reason if it aborts.
   */
  async record(
    prompt: Prompt,
    answer: string,
    memory: Memory,
    signal?: AbortSignal,
    most?: number,
  ): Promise<Recording> {
    return await this.enqueue(memory, () => record(this.parts, prompt, answer, memory, signal, most));
  }

  /**
   * Answers by greedy decoding; the event loop runs between tokens.
   * @throws ModelError if the prompt is longer than the model's context; the signal's reason if it aborts.
   */
  async generate(prompt: Prompt, memory: Memory, options: GenerateOptions = {}): Promise<Generation> {
    return await this.enqueue(memory, () => generate(this.parts, prompt, memory, options));
  }

  countTokens(text: string): number {
    return this.parts.tokenizer.encode(text).length;
  }

  /** Releases the model when the calls under way have ended; later calls are refused. */
  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    await this.calls.run(() => this.parts.runner.release());
  }

  private async enqueue<T>({ weight, learned }: Memory, task: () => Promise<T>): Promise<T> {
    // No fault of what was asked: a teaching must not report it as one.
    if (this.disposed) throw new Error('The model has been closed.');
    const { weight: known, learned: nothing } = this.base;
    const fits =
      weight.length === known.length &&
      learned.places.length === nothing.places.length &&
      learned.rows.length % nothing.rows.length === 0;
    if (!fits) {
      throw new ModelError('This memory belongs to another model: its size does not match the QF2 layer.');
    }
    return await this.calls.run(task);
  }
}
