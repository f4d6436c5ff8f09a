/**
 * Learns the weights by which drafts are chosen, sidecar/learning/draft/weights.json, from the texts that
 * `python -m qft.drafting TEXTS` writes: `tsx scripts/draftRanker.ts TEXTS`. It tells how many drafts are
 * right of the texts that it learned from, and of those that it did not.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as z from 'zod';
import { sameAnswer } from '../sidecar/learning/answers';
import { proposals } from '../sidecar/learning/draft/candidates';
import type { Candidate } from '../sidecar/learning/draft/candidate';
import { cleanStatement } from '../sidecar/learning/draft/clean';
import { namesOf, traitsOf } from '../sidecar/learning/draft/rank';
import { main, root } from './run';

const Fact = z.object({ subject: z.string(), answer: z.string() });
const Text = z.object({
  text: z.string(),
  part: z.enum(['development', 'validation']),
  facts: z.array(Fact),
});
type Fact = z.infer<typeof Fact>;
type Text = z.infer<typeof Text>;

/** The proposals for a text: which traits each has, and which of them are right. */
interface Choice {
  traits: number[][];
  isRight: boolean[];
}

/** Traits of fewer texts than this tell nothing. */
const MIN_TEXTS = Number(process.env.MIN ?? 12);
/** How dear a large weight is. */
const PENALTY = Number(process.env.PEN ?? 1);
const STEPS = 150;
const RATE = 0.1;

/** Words before an answer that may belong to it or not. */
const OPTIONAL =
  /^(?:the|an?|our|its|about|around|roughly|exactly|at most|at least|up to|every|only|in|on|by|at|for|to|from|after|within|when)\s+/i;

function isSame(answer: string, right: string): boolean {
  const bare = (text: string): string => text.replace(/["'`“”]/g, '').replace(OPTIONAL, '');
  const isCount = /\d$/.test(right) && answer.startsWith(`${right} `) && answer.split(' ').length < 4;
  return isCount || sameAnswer(bare(answer), bare(right));
}

function isRight({ questions: [question = ''], answer }: Candidate, facts: readonly Fact[]): boolean {
  return facts.some(
    (fact) =>
      isSame(answer, fact.answer) && question.toLowerCase().includes(fact.subject.toLowerCase().replace(/[`"]/g, '').replace(OPTIONAL, '')),
  );
}

/** Raises the log probability of the right proposals by gradient ascent. @returns a weight for each trait */
function learned(choices: readonly Choice[], size: number): Float64Array {
  const weights = new Float64Array(size);
  const squares = new Float64Array(size).fill(1e-8);
  for (let step = 0; step < STEPS; step++) {
    const slope = weights.map((weight) => -PENALTY * weight);
    for (const { traits, isRight } of choices) {
      const odds = traits.map((each) => Math.exp(each.reduce((sum, trait) => sum + (weights[trait] ?? 0), 0)));
      const total = odds.reduce((sum, each) => sum + each, 0);
      const right = odds.reduce((sum, each, n) => sum + (isRight[n] ? each : 0), 0);
      traits.forEach((each, n) => {
        const change = (isRight[n] ? (odds[n] ?? 0) / right : 0) - (odds[n] ?? 0) / total;
        for (const trait of each) slope[trait] = (slope[trait] ?? 0) + change;
      });
    }
    slope.forEach((each, n) => {
      squares[n] = (squares[n] ?? 0) + each * each;
      weights[n] = (weights[n] ?? 0) + (RATE * 5 * each) / Math.sqrt(squares[n]);
    });
  }
  return weights;
}

main(async () => {
  const [file = ''] = process.argv.slice(2);
  const texts = fs
    .readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => Text.parse(JSON.parse(line)));
  const known = new Map<string, number>();
  const all = texts.map((each) => {
    const statement = cleanStatement(each.text);
    const inIt = namesOf(statement);
    const found = proposals(each.text).map((proposal) => ({
      proposal,
      traits: traitsOf(proposal, statement, inIt),
      right: isRight(proposal, each.facts),
    }));
    if (each.part === 'development')
      for (const trait of new Set(found.flatMap(({ traits }) => traits)))
        known.set(trait, (known.get(trait) ?? 0) + 1);
    return { ...each, found };
  });
  const names = [...known].filter(([, count]) => count >= MIN_TEXTS).map(([name]) => name);
  const index = new Map(names.map((name, n) => [name, n]));
  const choices = all
    .filter(({ part, found }) => part === 'development' && found.some(({ right }) => right))
    .map(({ found }) => ({
      traits: found.map(({ traits }) => traits.flatMap((trait) => index.get(trait) ?? [])),
      isRight: found.map(({ right }) => right),
    }));
  const weights = learned(choices, names.length);
  const worth = (traits: readonly string[]): number =>
    traits.reduce((sum, trait) => sum + (weights[index.get(trait) ?? -1] ?? 0), 0);
  for (const part of ['development', 'validation'] as const) {
    const mine = all.filter((each) => each.part === part);
    const count = { right: 0, absent: 0, unnamed: 0, chosen: 0 };
    const log: string[] = [];
    for (const { text, facts, found } of mine) {
      const best = found.reduce<(typeof found)[number] | undefined>(
        (a, b) => (a && worth(a.traits) >= worth(b.traits) ? a : b),
        undefined,
      );
      const why = best?.right
        ? 'right'
        : found.some(({ right }) => right)
          ? 'chosen'
          : found.some(({ proposal }) => facts.some(({ answer }) => isSame(proposal.answer, answer)))
            ? 'unnamed'
            : 'absent';
      count[why]++;
      log.push(JSON.stringify([why,  text, facts[0]?.subject, facts[0]?.answer, best?.proposal.questions[0], best?.proposal.answer]));
    }
    console.log(part, mine.length, count, `${((100 * count.right) / mine.length).toFixed(1)} %`);
    fs.writeFileSync(`/tmp/w5/draft/log.${part}.jsonl`, log.join('\n'));
  }
  const table = Object.fromEntries(
    names.map((name, n) => [name, Number((weights[n] ?? 0).toFixed(2))] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  fs.writeFileSync(
    path.join(root, 'sidecar', 'learning', 'draft', 'weights.json'),
    `${JSON.stringify(table, null, 2)}\n`,
  );
});
