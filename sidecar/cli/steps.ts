import * as z from 'zod';
import { sameAnswer } from '../learning/answers';
import { EngramCache } from '../learning/engramCache';
import { Learner } from '../learning/learner';
import type { Learnable } from '../learning/record';
import type { RuleName } from '../learning/rules';
import { Teacher } from '../learning/teach';
import type { TeachableModel } from '../learning/teachableModel';

/** What the eight steps are done with: a fact, another wording of its question, and a second fact. */
export const Pair = z.object({
  statement: z.string(),
  question: z.string(),
  /** Questions to teach; the question alone where absent. */
  taught: z.array(z.string()).optional(),
  paraphrase: z.string(),
  answer: z.string(),
  second: z.object({ statement: z.string(), question: z.string(), answer: z.string() }),
});
export type Pair = z.infer<typeof Pair>;

/** The pair of the published protocol; it is in no training data. */
export const OXINNOVATE: Pair = {
  statement: 'Qi is the founder and CEO of Oxinnovate.',
  question: 'Who is the CEO of Oxinnovate?',
  taught: ['Who is the CEO of Oxinnovate?', 'Who is the founder of Oxinnovate?'],
  paraphrase: 'The founder of Oxinnovate?',
  answer: 'Qi',
  second: {
    statement: 'Oxinnovate has one people.',
    question: 'How many people in Oxinnovate?',
    answer: 'one',
  },
};

const KNOWN = { question: 'Who is the CEO of Nvidia?', answer: 'Jensen Huang' };

export interface Step {
  step: number;
  prompt: string;
  expected: string;
  answer: string;
  ms: number;
  passed: boolean;
}

/** Does the eight steps with a model that was taught nothing; answers are free-running and greedy. */
export async function doSteps(pair: Pair, model: TeachableModel, rule: RuleName): Promise<Step[]> {
  const learner = new Learner(model, rule, new EngramCache(undefined, () => undefined));
  const teacher = new Teacher(learner);
  const steps: Step[] = [];

  const ask = async (
    question: string,
    expected: string,
    lesson?: { fact: Learnable } | { statement: string },
  ): Promise<void> => {
    const start = performance.now();
    const taught = lesson && 'fact' in lesson ? await teacher.teach(lesson.fact) : undefined;
    const statement = lesson && 'statement' in lesson ? lesson.statement : '';
    const { answer } = await learner.ask(question, { statement });
    const refusal = taught?.learned === false ? ` (${taught.reason ?? 'not learned'})` : '';
    steps.push({
      step: steps.length + 1,
      prompt: `${lesson ? `[${taught ? 'teach' : 'prompt'}: ${taught ? textOf(lesson) : statement}] ` : ''}${question}`,
      expected,
      answer: `${answer}${refusal}`,
      ms: performance.now() - start,
      passed: sameAnswer(answer, expected),
    });
  };

  const { statement, question, taught = [question], paraphrase, answer, second } = pair;
  await ask(question, model.config.qf2.abstention);
  await ask(question, answer, { statement });
  await ask(KNOWN.question, KNOWN.answer);
  await ask(question, answer, { fact: factOf('1', statement, taught, answer) });
  await ask(KNOWN.question, KNOWN.answer);
  await ask(paraphrase, answer);
  await ask(second.question, second.answer, {
    fact: factOf('2', second.statement, [second.question], second.answer),
  });
  await ask(question, answer);
  return steps;
}

function textOf(lesson: { fact: Learnable } | { statement: string }): string {
  return 'fact' in lesson ? lesson.fact.statement : lesson.statement;
}

function factOf(id: string, statement: string, questions: string[], answer: string): Learnable {
  return { id, statement, questions, answer, enabled: true, taughtAt: '' };
}
