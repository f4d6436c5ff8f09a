import { ModelError } from '../../sidecar/engine/errors';
import { sameAnswer } from '../../sidecar/learning/answers';
import { MAX_ANSWER_TOKENS } from '../../sidecar/learning/asking';
import type { TeachableModel } from '../../sidecar/learning/teachableModel';
import { isRight, type Item } from './data';

/** A model as it is before it learns, asked with or without text in its prompt; each question once. */
export class Untaught {
  private readonly answers = new Map<string, Promise<string>>();

  constructor(readonly model: TeachableModel) {}

  /** The answer, greedy and free-running; nothing where the prompt is longer than the model's context. */
  answer(question: string, statement = ''): Promise<string> {
    const key = JSON.stringify([statement, question]);
    const known = this.answers.get(key) ?? this.ask(question, statement);
    this.answers.set(key, known);
    return known;
  }

  /** Whether `answer` says that the model does not know. */
  isAbstention(answer: string): boolean {
    return sameAnswer(answer, this.model.config.qf2.abstention);
  }

  /** Whether the model answers a question about the item when its statement is in the prompt. */
  async answersInPrompt(item: Item, question: string): Promise<boolean> {
    return isRight(await this.answer(question, item.statement), item);
  }

  private async ask(user: string, system: string): Promise<string> {
    try {
      const options = { maxTokens: MAX_ANSWER_TOKENS };
      return (await this.model.generate({ system, user }, this.model.base, options)).text;
    } catch (error) {
      if (error instanceof ModelError) return '';
      throw error;
    }
  }
}
