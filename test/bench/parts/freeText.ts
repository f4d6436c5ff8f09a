import { draw, randomOf } from '../../../sidecar/random';
import { draft } from '../../../sidecar/learning/draft/draft';
import { isRight } from '../data';
import { freeTexts, isRightDraft, type FreeText } from '../freeText';
import { progress } from '../progress';
import { Tally } from '../statistics';
import { consolidated } from '../systems/all';
import type { Bench } from './bench';
import type { FreeTextMeasure } from './rows';

/** Facts of free text that are taught together. */
const TOGETHER = 30;

/** Drafts, asks in the prompt, and teaches 30 at a time, each fact once in each order. */
export async function runFreeText(bench: Bench): Promise<void> {
  const { options, untaught, results } = bench;
  const facts = await freeTexts(options.split);
  const tallies = new Map(
    ['all', ...new Set(facts.map(({ kind }) => kind))].map((kind) => [kind, new Tally<FreeTextMeasure>()]),
  );
  const note = (fact: FreeText, measure: FreeTextMeasure, held: boolean): void => {
    for (const kind of ['all', fact.kind]) tallies.get(kind)?.note(measure, held);
  };
  for (const fact of facts) {
    const drafted = await draft(fact.text, untaught.model);
    note(fact, 'draft', isRightDraft(drafted, fact));
    note(
      fact,
      'suggested',
      [drafted, ...drafted.others].some((each) => isRightDraft(each, fact)),
    );
    note(fact, 'inPrompt', await untaught.answersInPrompt(fact, fact.question));
    if (fact.paraphrase !== undefined)
      note(fact, 'paraphraseInPrompt', await untaught.answersInPrompt(fact, fact.paraphrase));
  }
  progress(`freetext: ${facts.length} drafts and prompts`);
  const random = randomOf(options.seed);
  for (let order = 0; order < options.draws; order++) {
    const shuffled = draw(facts, facts.length, random);
    for (let at = 0; at < shuffled.length; at += TOGETHER)
      await teach(bench, shuffled.slice(at, at + TOGETHER), note);
    progress(`freetext: order ${order + 1}`);
  }
  for (const [kind, tally] of tallies) {
    const count = kind === 'all' ? facts.length : facts.filter((fact) => fact.kind === kind).length;
    await results.put('freetext', {
      key: `${options.split} ${kind}`,
      kind,
      facts: count,
      measures: tally.toJSON(),
    });
  }
}

async function teach(
  { untaught, cache }: Bench,
  facts: readonly FreeText[],
  note: (fact: FreeText, measure: FreeTextMeasure, held: boolean) => void,
): Promise<void> {
  const holder = await consolidated(untaught, cache).hold(facts);
  for (const fact of facts) {
    note(fact, 'recall', isRight((await holder.ask(fact.question)).answer, fact));
    if (fact.paraphrase !== undefined)
      note(fact, 'paraphrase', isRight((await holder.ask(fact.paraphrase)).answer, fact));
  }
}
