import type { Control, Memory } from '../engine/types';
import { sameAnswer } from './answers';
import { answerTo, gives, ownAnswer } from './asking';
import type { TeachableModel } from './model';

/** Most controls that a teaching asks. */
const CONTROLS = 8;

/** What verification must know of a fact. */
export interface Taught {
  id: string;
  questions: readonly string[];
  answer: string;
}

export interface OwnAnswer {
  question: string;
  answer: string;
  recalled: boolean;
}

export interface Verification {
  answers: OwnAnswer[];
  /** Ids of other facts that were recalled before and are not now. */
  disturbed: string[];
  /** Control questions whose answers are no longer the untaught model's. */
  changedControls: string[];
  /** How many controls were asked. */
  controls: number;
}

/** Whether each of the fact's questions is answered as taught, free-running. */
export async function isRecalled(
  model: TeachableModel,
  { questions, answer }: Taught,
  memory: Memory,
  signal?: AbortSignal,
): Promise<boolean> {
  for (const question of questions) {
    if (!(await gives(model, { question, answer }, memory, signal))) return false;
  }
  return true;
}

/**
 * Checks a new memory against what it must hold, by asking: the fact's own questions, the questions of
 * endangered facts, and some of the model's controls. Answers are free-running, never helped by a prefix.
 */
export class Verifier {
  private controls: Control[] | undefined;

  constructor(private readonly model: TeachableModel) {}

  /** The fact's own questions under `memory`. */
  async own(fact: Taught, memory: Memory, signal?: AbortSignal): Promise<OwnAnswer[]> {
    const answers: OwnAnswer[] = [];
    for (const question of fact.questions) {
      const answer = await answerTo(this.model, question, memory, signal);
      answers.push({ question, answer, recalled: sameAnswer(answer, fact.answer) });
    }
    return answers;
  }

  /**
   * Everything that `memory` must hold after `fact` was added to `before`.
   * @param endangered other facts that may have been lost
   * @param step called after each question, with how many of all are done
   */
  async verify(
    fact: Taught,
    endangered: readonly Taught[],
    memory: Memory,
    before: Memory,
    step: (done: number, total: number) => void,
    signal?: AbortSignal,
  ): Promise<Verification> {
    this.controls ??= await this.ownControls(signal);
    const total = 1 + endangered.length + this.controls.length;
    let done = 0;
    const answers = await this.own(fact, memory, signal);
    step(++done, total);
    const disturbed: string[] = [];
    for (const other of endangered) {
      const isLost =
        !(await isRecalled(this.model, other, memory, signal)) &&
        (await isRecalled(this.model, other, before, signal));
      if (isLost) disturbed.push(other.id);
      step(++done, total);
    }
    const changedControls: string[] = [];
    for (const control of this.controls) {
      if (!(await gives(this.model, control, memory, signal))) changedControls.push(control.question);
      step(++done, total);
    }
    return { answers, disturbed, changedControls, controls: this.controls.length };
  }

  /** A few of the model's controls, spread over all, with the untaught model's own answers. */
  private async ownControls(signal?: AbortSignal): Promise<Control[]> {
    const { controls } = this.model;
    const every = Math.max(1, Math.ceil(controls.length / CONTROLS));
    const own: Control[] = [];
    for (const control of controls.filter((_, n) => n % every === 0)) {
      own.push({ ...control, answer: await ownAnswer(control, this.model, signal) });
    }
    return own;
  }
}
