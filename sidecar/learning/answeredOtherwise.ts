import { sameAnswer } from './answers';
import type { Contradiction } from './contradiction';
import type { Learner } from './learner';
import type { Learnable } from './record';

/**
 * The held fact that one of a new fact's questions is answered from, and differently, though it was taught with other
 * questions: found by asking them.
 * @param insteadOf ids of facts whose place the new one takes, which do not count
 */
export async function answeredOtherwise(
  { id, questions, answer }: Learnable,
  learner: Learner,
  insteadOf: readonly string[],
  signal?: AbortSignal,
): Promise<Contradiction | undefined> {
  const held = new Map(learner.facts.map((fact) => [fact.id, fact]));
  for (const question of questions) {
    const asked = await learner.ask(question, { signal });
    if (sameAnswer(asked.answer, answer)) continue;
    const sources = asked.fired.flatMap(({ factId }) => held.get(factId) ?? []);
    const source = sources.find((fact) => sameAnswer(fact.answer, asked.answer));
    if (source && ![id, ...insteadOf].includes(source.id)) {
      return { question, fact: source, inOtherWords: true };
    }
  }
  return undefined;
}
