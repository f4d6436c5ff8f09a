import { questionKey, sameAnswer } from './answers';
import type { Learnable } from './record';
import { reasons } from './reasons';

/** A fact that answers a question differently than another one. */
export interface Contradiction {
  question: string;
  fact: Learnable;
  /** Whether the other fact was taught with other questions only, but the memory answers this one from it. */
  inOtherWords?: boolean;
}

/** The first of `others` that answers one of the fact's questions differently, and that question. */
export function contradiction(
  fact: Pick<Learnable, 'id' | 'questions' | 'answer'>,
  others: readonly Learnable[],
): Contradiction | undefined {
  const keys = new Map(fact.questions.map((question) => [questionKey(question), question]));
  for (const other of others) {
    if (other.id === fact.id || sameAnswer(other.answer, fact.answer)) continue;
    const key = other.questions.map(questionKey).find((candidate) => keys.has(candidate));
    if (key !== undefined) return { question: keys.get(key) ?? key, fact: other };
  }
  return undefined;
}

/** The enabled facts, less those whose question an older one answers differently, and why these are left out. */
export function withoutContradictions(facts: readonly Learnable[]): {
  wanted: Learnable[];
  problems: Map<string, string>;
} {
  const answers = new Map<string, Learnable>();
  const problems = new Map<string, string>();
  const byAge = facts.filter(({ enabled }) => enabled).sort((a, b) => (age(a) < age(b) ? -1 : 1));
  const wanted = byAge.filter((fact) => {
    const older = fact.questions.flatMap((question) => answers.get(questionKey(question)) ?? []);
    const rival = contradiction(fact, older);
    if (rival) {
      problems.set(fact.id, reasons.contradiction(rival.question, rival.fact.statement, rival.fact.answer));
      return false;
    }
    for (const question of fact.questions) answers.set(questionKey(question), fact);
    return true;
  });
  return { wanted, problems };
}

function age(fact: Learnable): string {
  return `${fact.taughtAt} ${fact.id}`;
}
