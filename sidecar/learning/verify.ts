import type { Control, Memory, Recording } from '../engine/types';
import { sameAnswer } from './answers';
import { gives, ownAnswer } from './asking';
import { isTurned } from './endangered';
import { recordOwn } from './record';
import type { Rule } from './rules';
import type { TeachableModel } from './teachableModel';

/** Controls that a teaching looks at. */
const CONTROLS = 8;

/** A control with the untaught model's own answer, and what the layer does when it gives that. */
interface OwnControl extends Control {
  readonly recording: Recording;
}

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
  /** Whether each of the other facts that were asked was recalled, by its id. */
  recalled: Map<string, boolean>;
  /** Ids of other facts that were recalled before and are not now. */
  disturbed: string[];
  /** Control questions whose answers are no longer the untaught model's. */
  changedControls: string[];
  /** How many controls were looked at. */
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
  private controls: OwnControl[] | undefined;

  constructor(
    private readonly model: TeachableModel,
    private readonly rule: Rule,
  ) {}

  /**
   * Everything that `memory` must hold after `fact` was added to `before`. A control is asked only where what was
   * learned turns many neurons of its answer; else nearly nothing behind the layer changes.
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
    const recalled = new Map<string, boolean>();
    const disturbed: string[] = [];
    for (const other of endangered) {
      const isKept = await isRecalled(this.model, other, memory, signal);
      recalled.set(other.id, isKept);
      if (!isKept && (await isRecalled(this.model, other, before, signal))) disturbed.push(other.id);
      step(++done, total);
    }
    const changedControls: string[] = [];
    for (const control of this.controls) {
      const isKept =
        !isTurned(this.rule, control.recording, memory) || (await gives(this.model, control, memory, signal));
      if (!isKept) changedControls.push(control.question);
      step(++done, total);
    }
    return { answers, recalled, disturbed, changedControls, controls: this.controls.length };
  }

  /** The fact's own questions under `memory`. */
  private async own(fact: Taught, memory: Memory, signal?: AbortSignal): Promise<OwnAnswer[]> {
    const answers: OwnAnswer[] = [];
    for (const question of fact.questions) {
      const answer = await ownAnswer(this.model, { question, answer: fact.answer }, memory, signal);
      answers.push({ question, answer, recalled: sameAnswer(answer, fact.answer) });
    }
    return answers;
  }

  /** A few of the model's controls, spread over all, with the untaught model's own answers. */
  private async ownControls(signal?: AbortSignal): Promise<OwnControl[]> {
    const { controls } = this.model;
    const every = Math.max(1, Math.ceil(controls.length / CONTROLS));
    const own: OwnControl[] = [];
    for (const control of controls.filter((_, n) => n % every === 0)) {
      own.push({ ...control, ...(await recordOwn(control, this.model, signal)) });
    }
    return own;
  }
}
