/**
 * Learns the weights by which drafts are chosen, sidecar/learning/draft/weights.json, from the texts that
 * `python -m qft.ranker_texts TEXTS` writes: `tsx scripts/draftRanker.ts TEXTS`. It tells how many drafts are right of
 * the texts that it learned from, of those that it did not, and of draftTexts.jsonl, texts as developers highlight
 * them, by seven hands.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { z } from 'zod';
import { sameAnswer } from '../sidecar/learning/answers';
import type { Candidate } from '../sidecar/learning/draft/candidate';
import { proposals } from '../sidecar/learning/draft/candidates';
import { cleanStatement } from '../sidecar/learning/draft/clean';
import { namesOf, traitsOf } from '../sidecar/learning/draft/rank';
import { main, root } from './run';

/** A text of the bank. */
const BankText = z.object({
  text: z.string(),
  part: z.enum(['development', 'validation']),
  share: z.number(),
  facts: z.array(z.object({ subject: z.string(), answer: z.string(), isUsual: z.boolean() })),
});
/** A text as developers highlight it. */
const Highlight = z.object({
  /** Who wrote it. */
  hand: z.string(),
  text: z.string(),
  /** What one asks for first, and spans that are as right. */
  answer: z.string(),
  answers: z.array(z.string()),
  /** Spans that one may ask for instead. */
  alternatives: z.array(z.string()),
  /** What a question must name; wordings that will do, divided by "|". */
  about: z.array(z.string()),
});

/** Something that a text may be asked for. */
interface Fact {
  /** Spans of the text. */
  answers: readonly string[];
  /** What a question must name, each in one of these wordings. */
  about: readonly (readonly string[])[];
  /** Whether one would ask for it first; another fact of the text is as right, but not to be learned. */
  isUsual: boolean;
}

interface Text {
  text: string;
  part: string;
  /** How much it counts. */
  share: number;
  facts: Fact[];
}

/** A proposal for a text. */
interface Option {
  answer: string;
  traits: string[];
  isRight: boolean;
  isUsual: boolean;
}

type Known = Text & { options: Option[] };

/** Traits of fewer texts than this tell nothing. */
const MIN_TEXTS = 20;
/** How dear a large weight is. */
const PENALTY = 1;
/** How much a text counts whose answer stands before its subject: the bank has more of these than users write. */
const TURNED_SHARE = 0.3;
/** Hands whose texts were not looked at when the readers were written. */
const UNSEEN = new Set(['r', 's']);
const STEPS = 100;
const RATE = 0.5;

/** Words before an answer that may belong to it or not. */
const OPTIONAL =
  /^(?:the|an?|our|its|about|around|roughly|exactly|at most|at least|up to|every|only|in|on|by|at|for|to|from|after|within|when)\s+/i;

function bare(text: string): string {
  return text.replace(/["'`“”]/g, '').replace(OPTIONAL, '');
}

function isSame(answer: string, right: string): boolean {
  const isCount = /\d$/.test(right) && answer.startsWith(`${right} `) && answer.split(' ').length < 4;
  return isCount || sameAnswer(bare(answer), bare(right));
}

/** Whether a draft asks for a fact's answer and names what it must. */
function states({ questions: [question = ''], answer }: Candidate, { answers, about }: Fact): boolean {
  const asked = question.toLowerCase();
  return (
    answers.some((right) => isSame(answer, right)) &&
    about.every((wordings) => wordings.some((text) => asked.includes(text.toLowerCase())))
  );
}

function optionsOf({ text, facts }: Text): Option[] {
  const statement = cleanStatement(text);
  const names = namesOf(statement);
  return proposals(text).map((proposal) => {
    const stated = facts.filter((fact) => states(proposal, fact));
    return {
      answer: proposal.answer,
      traits: traitsOf(proposal, statement, names),
      isRight: stated.length > 0,
      isUsual: stated.some(({ isUsual }) => isUsual),
    };
  });
}

/** How much a text counts. */
function shareOf({ text, facts, share }: Text): number {
  const first = facts.find(({ isUsual }) => isUsual);
  const [answer = '', subject = ''] = [first?.answers[0], first?.about[0]?.[0]];
  return text.indexOf(answer) < text.indexOf(subject) ? TURNED_SHARE * share : share;
}

/** The traits that enough of the texts have. */
function commonTraits(texts: readonly Known[]): string[] {
  const counts = new Map<string, number>();
  for (const { options } of texts)
    for (const trait of new Set(options.flatMap(({ traits }) => traits)))
      counts.set(trait, (counts.get(trait) ?? 0) + 1);
  return [...counts.keys()].filter((trait) => (counts.get(trait) ?? 0) >= MIN_TEXTS).sort();
}

/** Raises the log probability of the usual proposals by gradient ascent. @returns a weight for each trait */
function learn(texts: readonly Known[], names: readonly string[]): Map<string, number> {
  const index = new Map(names.map((name, n) => [name, n]));
  const choices = texts
    .filter(({ options }) => options.some(({ isUsual }) => isUsual))
    .map((text) => ({
      share: shareOf(text),
      options: text.options
        .filter(({ isRight, isUsual }) => isUsual || !isRight)
        .map(({ traits, isUsual }) => ({
          traits: Int32Array.from(traits.flatMap((trait) => index.get(trait) ?? [])),
          isUsual,
        })),
    }));
  const weights = new Float64Array(names.length);
  const squares = new Float64Array(names.length).fill(1e-8);
  for (let step = 0; step < STEPS; step++) {
    const slope = weights.map((weight) => -PENALTY * weight);
    for (const { share, options } of choices) {
      const odds = options.map(({ traits }) => Math.exp(sumOf(traits, weights)));
      const total = odds.reduce((sum, each) => sum + each, 0);
      const right = odds.reduce((sum, each, n) => sum + (options[n]?.isUsual ? each : 0), 0);
      options.forEach(({ traits, isUsual }, n) => {
        const change = share * (odds[n] ?? 0) * ((isUsual ? 1 / right : 0) - 1 / total);
        for (const trait of traits) slope[trait] = (slope[trait] ?? 0) + change;
      });
    }
    slope.forEach((each, n) => {
      squares[n] = (squares[n] ?? 0) + each * each;
      weights[n] = (weights[n] ?? 0) + (RATE * each) / Math.sqrt(squares[n]);
    });
  }
  return new Map(names.map((name, n) => [name, Number((weights[n] ?? 0).toFixed(2))]));
}

function sumOf(traits: Int32Array, weights: Float64Array): number {
  let sum = 0;
  for (const trait of traits) sum += weights[trait] ?? 0;
  return sum;
}

/** How many drafts are right, and of the others whether the answer, or the subject, was in no proposal. */
function report(texts: readonly Known[], weights: Map<string, number>): void {
  const counts = { right: 0, 'wrong one chosen': 0, 'no subject': 0, 'no answer': 0 };
  const worth = ({ traits }: Option): number =>
    traits.reduce((sum, trait) => sum + (weights.get(trait) ?? 0), 0);
  for (const { facts, options } of texts) {
    const [best] = [...options].sort((a, b) => worth(b) - worth(a));
    if (best?.isRight) counts.right++;
    else if (options.some(({ isRight }) => isRight)) counts['wrong one chosen']++;
    else if (
      options.some(({ answer }) =>
        facts.some(({ answers }) => answers.some((right) => isSame(answer, right))),
      )
    )
      counts['no subject']++;
    else counts['no answer']++;
  }
  console.log(texts[0]?.part, texts.length, counts, `${((100 * counts.right) / texts.length).toFixed(1)} %`);
}

function linesOf(file: string): unknown[] {
  const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line): unknown => JSON.parse(line));
}

function bankTexts(file: string): Text[] {
  return linesOf(file).map((line) => {
    const { facts, ...text } = BankText.parse(line);
    const known = facts.map(({ subject, answer, isUsual }) => ({
      answers: [answer],
      about: [[bare(subject)]],
      isUsual,
    }));
    return { ...text, facts: known };
  });
}

/** Texts as they are highlighted; nothing is learned from them. */
function highlights(): Text[] {
  return linesOf(path.join(__dirname, 'draftTexts.jsonl')).map((line) => {
    const { hand, text, answer, answers, alternatives, about } = Highlight.parse(line);
    const named = about.map((wordings) => wordings.split('|'));
    const facts = [
      { answers: [answer, ...answers], about: named, isUsual: true },
      { answers: alternatives, about: named, isUsual: false },
    ];
    return {
      text,
      part: UNSEEN.has(hand) ? 'highlights, unseen' : 'highlights, seen',
      share: 0,
      facts,
    };
  });
}

main(() => {
  const texts = [...bankTexts(process.argv[2] ?? ''), ...highlights()].map((text) => ({
    ...text,
    options: optionsOf(text),
  }));
  const known = texts.filter(({ part }) => part === 'development');
  const weights = learn(known, commonTraits(known));
  for (const part of new Set(texts.map((text) => text.part))) {
    report(
      texts.filter((text) => text.part === part),
      weights,
    );
  }
  const file = path.join(root, 'sidecar', 'learning', 'draft', 'weights.json');
  fs.writeFileSync(file, `${JSON.stringify(Object.fromEntries(weights), null, 2)}\n`);
  return Promise.resolve();
});
