import type { Memory } from '../engine/types';
import { sameAnswer } from './answers';
import { CONTROL_QUESTIONS } from './controls';
import type { TeachableModel } from './model';

/** Longest answer that is waited for, in tokens. */
export const MAX_ANSWER_TOKENS = 96;

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
}

/** Asks without a statement, free-running. */
export async function answerTo(
  model: TeachableModel,
  question: string,
  memory: Memory,
  signal?: AbortSignal,
): Promise<string> {
  const options = { maxTokens: MAX_ANSWER_TOKENS, ...(signal && { signal }) };
  return (await model.generate({ system: '', user: question }, memory, options)).text;
}

/**
 * Checks a new memory against what it must hold, by asking: the fact's own questions, the questions of
 * all other facts, and the controls. Nothing is teacher-forced.
 */
export class Verifier {
  private baseControls: Map<string, string> | undefined;

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
   * @param step called after each question, with how many of all are done
   */
  async verify(
    fact: Taught,
    others: readonly Taught[],
    memory: Memory,
    before: Memory,
    step: (done: number, total: number) => void,
    signal?: AbortSignal,
  ): Promise<Verification> {
    const total = others.length + CONTROL_QUESTIONS.length + 1;
    const answers = await this.own(fact, memory, signal);
    step(1, total);
    const disturbed: string[] = [];
    for (const [n, other] of others.entries()) {
      if (await this.isDisturbed(other, memory, before, signal)) disturbed.push(other.id);
      step(n + 2, total);
    }
    const changedControls = await this.changedControls(memory, signal);
    step(total, total);
    return { answers, disturbed, changedControls };
  }

  private async isDisturbed(
    other: Taught,
    memory: Memory,
    before: Memory,
    signal?: AbortSignal,
  ): Promise<boolean> {
    for (const question of other.questions) {
      if (sameAnswer(await answerTo(this.model, question, memory, signal), other.answer)) continue;
      if (sameAnswer(await answerTo(this.model, question, before, signal), other.answer)) return true;
    }
    return false;
  }

  private async changedControls(memory: Memory, signal?: AbortSignal): Promise<string[]> {
    this.baseControls ??= await this.askControls(this.model.base, signal);
    const now = await this.askControls(memory, signal);
    return CONTROL_QUESTIONS.filter((question) => now.get(question) !== this.baseControls?.get(question));
  }

  private async askControls(memory: Memory, signal?: AbortSignal): Promise<Map<string, string>> {
    const answers = new Map<string, string>();
    for (const question of CONTROL_QUESTIONS) {
      answers.set(question, await answerTo(this.model, question, memory, signal));
    }
    return answers;
  }
}
