import { sameAnswer } from '../../sidecar/learning/answers';
import { idOf, isRight, type Control, type Item } from './data';
import type { Tally } from './statistics';
import type { Holder, Reply, System } from './systems/system';
import type { Untaught } from './untaught';

/**
 * What is noted of each question; all answers are greedy, free-running, naturally stopped.
 * - recall, paraphrase: a taught question is answered rightly; …Bound: with its statement in the prompt.
 * - localityOut: a control's answer is the same text as the untaught model's; neighbourhood: the same
 *   for the taught relation of an untaught subject; distractor: for another relation of the taught
 *   subject; crossed: for the taught relation of another taught subject.
 * - abstentionLost: of those questions that the untaught model abstains from, one that gets an answer.
 * - knownBefore, knownAfter: a control with an answer is answered rightly.
 * - namedFirst: a taught question's own fact is the first that is named as its source.
 * - namedNothing: no fact is named for an answer that no fact can have given: an abstention, or a
 *   control's unchanged answer.
 */
export const MEASURES = [
  'recall',
  'recallBound',
  'paraphrase',
  'paraphraseBound',
  'localityOut',
  'neighbourhood',
  'distractor',
  'crossed',
  'abstentionLost',
  'knownBefore',
  'knownAfter',
  'namedFirst',
  'namedNothing',
] as const;
export type Measure = (typeof MEASURES)[number];

/** A taught item that is asked about. */
export interface Asked {
  item: Item;
  /** Its question put to another taught subject, where there is one. */
  crossed?: string | undefined;
}

/** Asks a system that holds the items among others, and notes what comes of it. */
export async function measure(
  { untaught }: System,
  holder: Holder,
  asked: readonly Asked[],
  controls: readonly Control[],
  tally: Tally<Measure>,
): Promise<void> {
  for (const { item, crossed } of asked) {
    await askTaught(holder, item, untaught, tally);
    await askUnchanged(holder, 'neighbourhood', item.neighbour, item, untaught, tally);
    await askUnchanged(holder, 'distractor', item.distractor, item, untaught, tally);
    await askUnchanged(holder, 'crossed', crossed, item, untaught, tally);
  }
  for (const control of controls) {
    const reply = await askUnchanged(holder, 'localityOut', control.question, undefined, untaught, tally);
    if (untaught.isAbstention(control.answer) || !reply) continue;
    tally.note('knownBefore', sameAnswer(await untaught.answer(control.question), control.answer));
    tally.note('knownAfter', sameAnswer(reply.answer, control.answer));
  }
}

/** A taught question and its paraphrase. */
async function askTaught(
  holder: Holder,
  item: Item,
  untaught: Untaught,
  tally: Tally<Measure>,
): Promise<void> {
  const reply = await holder.ask(item.question, item);
  tally.note('recall', isRight(reply.answer, item));
  tally.note('recallBound', await untaught.answersInPrompt(item, item.question));
  if (reply.named) tally.note('namedFirst', reply.named[0] === idOf(item));
  if (item.paraphrase === undefined) return;
  tally.note('paraphrase', isRight((await holder.ask(item.paraphrase, item)).answer, item));
  tally.note('paraphraseBound', await untaught.answersInPrompt(item, item.paraphrase));
}

/** A question that must get the untaught model's answer; none where the item has none. */
async function askUnchanged(
  holder: Holder,
  measure: Measure,
  question: string | undefined,
  about: Item | undefined,
  untaught: Untaught,
  tally: Tally<Measure>,
): Promise<Reply | undefined> {
  if (question === undefined) return undefined;
  const reply = await holder.ask(question, about);
  const before = await untaught.answer(question);
  const unchanged = sameAnswer(reply.answer, before);
  tally.note(measure, unchanged);
  if (untaught.isAbstention(before)) tally.note('abstentionLost', !untaught.isAbstention(reply.answer));
  if (reply.named && unchanged && (about === undefined || untaught.isAbstention(reply.answer))) {
    tally.note('namedNothing', reply.named.length === 0);
  }
  return reply;
}
