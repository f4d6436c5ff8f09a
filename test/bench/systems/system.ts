import type { Item } from '../data';
import type { Untaught } from '../untaught';

/** A way to have a model answer from facts: by learning them, or with their statements in the prompt. */
export interface System {
  readonly name: string;
  /** The same model as it answers without any fact. */
  readonly untaught: Untaught;
  /** Gives it these facts and no others. */
  hold(facts: readonly Item[]): Promise<Holder>;
}

/** A system that holds facts. */
export interface Holder {
  /** @param about the fact that the question comes from, for a system that is told which one it is */
  ask(question: string, about?: Item): Promise<Reply>;
  /** How many of the facts it could hold; absent where it holds all. */
  readonly held?: number;
}

export interface Reply {
  answer: string;
  /** Ids of the facts named as the source, strongest first; absent where the system names none. */
  named?: readonly string[];
}
