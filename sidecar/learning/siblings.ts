import type { Control } from '../engine/types';
import { oneLine } from './answers';

/** What a question could be asked of instead: words and names that are hardly anybody's subject. */
const FILLERS = (
  'garden Barlow river-api module Cendrix printer-worker window Falmer robot-service basket Gostin engine-core ' +
  'camera Heldra wallet-relay table Ivorne forest-store signal Kolvex bridge-proxy monitor Lindor planet-sync ' +
  'ticket Marlow album-index folder Nevris market-feed island Oslen shuttle-cache magnet Pravda pillow-queue ' +
  'compass Ruskin lantern-db anchor Sable saddle-ui kettle Trevos violin-job meadow Ulmar harbor-bot'
).split(' ');
/** So many questions that differ in one place only are of one kind. */
const LEAST = 4;
/** Most words in that place. */
const LONGEST = 3;
/** Most kinds that get controls, the largest first. */
const KINDS = 8;
/** Questions that are made up for each that is taught, while there are words. */
const EACH = 3;
const SLOT = '\0';

/** What is asked of facts. */
interface Asked {
  readonly questions: readonly string[];
}

/**
 * Questions like those of the facts, asked of what nobody taught: "What is the port of garden?" where many ports were.
 * What the keys of such questions have in common adds up over the facts, until any of the kind is answered; as controls
 * they hold it down.
 * @param abstention what the model is to answer to them
 */
export function siblingControls(facts: readonly Asked[], abstention: string): Control[] {
  const questions = new Set(facts.flatMap((fact) => fact.questions.map(withoutMark)));
  const taken = new Set([...questions].flatMap((question) => question.toLowerCase().split(' ')));
  const fillers = FILLERS.filter((word) => !taken.has(word.toLowerCase()));
  return kindsOf(questions).flatMap(({ kind, count }) =>
    fillers
      .slice(0, EACH * count)
      .map((word) => ({ question: `${sentence(kind.replace(SLOT, word))}?`, answer: abstention })),
  );
}

/** The largest sets of questions that differ in one place, as little as they can, and how many each has. */
function kindsOf(questions: ReadonlySet<string>): { kind: string; count: number }[] {
  const kinds = new Map([...questions].map((question) => [question, kindsWith(question)]));
  const counts = countOf([...kinds.values()].flat());
  const closest = [...kinds.values()].flatMap(
    // Those with the shortest gap come first.
    (all) => all.find((kind) => (counts.get(kind) ?? 0) >= LEAST) ?? [],
  );
  return [...countOf(closest)]
    .map(([kind, count]) => ({ kind, count }))
    .filter(({ count }) => count >= LEAST)
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1))
    .slice(0, KINDS);
}

/** A question with each place left open that it could differ in, the shortest first. */
function kindsWith(question: string): string[] {
  const words = question.split(' ');
  const lengths = Array.from({ length: Math.max(0, Math.min(LONGEST, words.length - 2)) }, (_, n) => n + 1);
  return lengths.flatMap((length) =>
    Array.from({ length: words.length - length + 1 }, (_, at) =>
      [...words.slice(0, at), SLOT, ...words.slice(at + length)].join(' '),
    ),
  );
}

function countOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function withoutMark(question: string): string {
  return oneLine(question).replace(/[\s?.!]+$/, '');
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
