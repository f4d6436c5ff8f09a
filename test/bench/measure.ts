import type { Memory } from '../../sidecar/engine/model';
import { sameAnswer } from '../../sidecar/learning/answers';
import { EngramCache } from '../../sidecar/learning/engramCache';
import { encodeEngram } from '../../sidecar/learning/engramFile';
import { learnAll } from '../../sidecar/learning/learnAll';
import { Learner } from '../../sidecar/learning/learner';
import type { TeachableModel } from '../../sidecar/learning/model';
import type { RuleName } from '../../sidecar/learning/rules';
import { draw } from '../../sidecar/cli/random';
import { learnable, type Control, type HeldOut } from './data';

/** Outcomes of asking, one boolean a question; all answers greedy, free-running, naturally stopped. */
export interface Outcomes {
  recall: boolean[];
  recallBound: boolean[];
  paraphrase: boolean[];
  paraphraseBound: boolean[];
  /** Control answers that are the same text as the untaught model's. */
  localityOut: boolean[];
  /** The same for the same relation of another subject, and … */
  neighbourhood: boolean[];
  /** … for another relation of the taught subject. */
  distractor: boolean[];
  /** Questions that the untaught model abstained from: whether the taught one no longer does. */
  abstentionLost: boolean[];
  /** Whether forgetting half gave bit for bit the weight of never having learned it. */
  deletionExact: boolean[];
  /** Whether the reverse order gave the same weight bit for bit. */
  orderIndependent: boolean[];
  bytesPerFact: number[];
  /** Milliseconds to learn all facts of the draw. */
  learnMs: number[];
}

export function emptyOutcomes(): Outcomes {
  return {
    recall: [],
    recallBound: [],
    paraphrase: [],
    paraphraseBound: [],
    localityOut: [],
    neighbourhood: [],
    distractor: [],
    abstentionLost: [],
    deletionExact: [],
    orderIndependent: [],
    bytesPerFact: [],
    learnMs: [],
  };
}

/** Answers of the untaught model, which do not depend on a draw. */
export class Untaught {
  private readonly answers = new Map<string, Promise<string>>();
  private readonly learner: Learner;

  constructor(private readonly model: TeachableModel) {
    this.learner = new Learner(model, 'margin', new EngramCache(undefined, () => undefined));
  }

  answer(question: string, statement = ''): Promise<string> {
    const key = JSON.stringify([statement, question]);
    const known =
      this.answers.get(key) ?? this.learner.ask(question, { statement }).then(({ answer }) => answer);
    this.answers.set(key, known);
    return known;
  }

  async abstains(question: string): Promise<boolean> {
    return sameAnswer(await this.answer(question), this.model.config.qf2.abstention);
  }
}

/** Teaches one draw of facts to a fresh model and adds what came of it to `outcomes`. */
export async function measure(
  facts: readonly HeldOut[],
  controls: readonly Control[],
  model: TeachableModel,
  rule: RuleName,
  untaught: Untaught,
  outcomes: Outcomes,
): Promise<void> {
  const learner = new Learner(model, rule, new EngramCache(undefined, () => undefined));
  const start = performance.now();
  const held = await learnAll(learner, facts.map(learnable));
  outcomes.learnMs.push(performance.now() - start);
  for (const engram of learner.consolidation.engrams.values())
    outcomes.bytesPerFact.push(encodeEngram(engram).length);

  const ask = async (question: string): Promise<string> => (await learner.ask(question)).answer;
  const unchanged = async (question: string, into: boolean[]): Promise<void> => {
    const answer = await ask(question);
    into.push(sameAnswer(answer, await untaught.answer(question)));
    if (await untaught.abstains(question)) {
      outcomes.abstentionLost.push(!sameAnswer(answer, model.config.qf2.abstention));
    }
  };
  for (const { statement, question, paraphrase, answer, neighbour, distractor } of facts) {
    outcomes.recall.push(sameAnswer(await ask(question), answer));
    outcomes.recallBound.push(sameAnswer(await untaught.answer(question, statement), answer));
    outcomes.paraphrase.push(sameAnswer(await ask(paraphrase), answer));
    outcomes.paraphraseBound.push(sameAnswer(await untaught.answer(paraphrase, statement), answer));
    await unchanged(neighbour, outcomes.neighbourhood);
    await unchanged(distractor, outcomes.distractor);
  }
  for (const { question } of controls) await unchanged(question, outcomes.localityOut);

  const half = held.slice(0, Math.ceil(held.length / 2));
  const fresh = (): Learner => new Learner(model, rule, learner.cache);
  const [never, reversed] = [fresh(), fresh()];
  await never.sync(half);
  await reversed.sync([...held].reverse());
  outcomes.orderIndependent.push(sameBits(reversed.memory, learner.memory));
  await learner.sync(half);
  outcomes.deletionExact.push(sameBits(never.memory, learner.memory));
}

/** Draws of `size` facts, a different set and order each. */
export function draws(
  facts: readonly HeldOut[],
  size: number,
  count: number,
  random: () => number,
): HeldOut[][] {
  return Array.from({ length: count }, () => draw(facts, size, random));
}

function sameBits(a: Memory, b: Memory): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
    Buffer.from(buffer, byteOffset, byteLength);
  return bytes(a.weight).equals(bytes(b.weight)) && bytes(a.bias).equals(bytes(b.bias));
}
