import { draw, randomOf } from '../../../sidecar/random';
import { sameAnswer } from '../../../sidecar/learning/answers';
import { alikeFacts, factOf, type Relation } from '../alike';
import { isRight } from '../data';
import { progress } from '../progress';
import { Tally } from '../statistics';
import { consolidated } from '../systems/all';
import type { Bench } from './bench';
import type { AlikeMeasure } from './rows';

/** Things that are taught about, as many as rows of a table. */
const THINGS = [8, 20];
/** Relations that are taught of each thing, as many as columns. */
const COLUMNS = 4;
/** Things of the same sort that are asked about without having been taught. */
const STRANGERS = 10;

/** Teaches tables of things that are told the same of, consolidates, and asks for things that are not in them. */
export async function runAlike(bench: Bench): Promise<void> {
  const { options, results } = bench;
  const { subjects, relations } = await alikeFacts(options.split);
  for (const [sort, names] of Object.entries(subjects)) {
    for (const things of THINGS) {
      const random = randomOf(options.seed);
      const tally = new Tally<AlikeMeasure>();
      for (let order = 0; order < options.draws; order++) {
        const shuffled = draw(names, things + STRANGERS, random);
        const columns = draw(relations, relations.length, random);
        for (let at = 0; at + COLUMNS <= columns.length; at += COLUMNS) {
          const table = columns.slice(at, at + COLUMNS);
          await teachTable(bench, table, shuffled.slice(0, things), shuffled.slice(things), tally);
        }
      }
      const key = `${options.split} ${sort} ${things}`;
      await results.put('alike', { key, things, facts: things * COLUMNS, measures: tally.toJSON() });
      progress(`alike: ${key}`);
    }
  }
}

async function teachTable(
  { untaught, cache }: Bench,
  table: readonly Relation[],
  things: readonly string[],
  strangers: readonly string[],
  tally: Tally<AlikeMeasure>,
): Promise<void> {
  const items = table.flatMap((relation) => things.map((thing, n) => factOf(relation, thing, n)));
  const holder = await consolidated(untaught, cache).hold(items);
  for (const item of items) {
    tally.note('recall', isRight((await holder.ask(item.question)).answer, item));
    tally.note('paraphrase', isRight((await holder.ask(item.paraphrase)).answer, item));
  }
  for (const relation of table) {
    for (const stranger of strangers) {
      const { question, paraphrase } = factOf(relation, stranger, 0);
      for (const [measure, asked] of [
        ['unchanged', question],
        ['unchangedParaphrase', paraphrase],
      ] as const) {
        const [{ answer }, before] = [await holder.ask(asked), await untaught.answer(asked)];
        tally.note(measure, sameAnswer(answer, before));
        if (untaught.isAbstention(before)) tally.note('abstentionLost', !untaught.isAbstention(answer));
      }
    }
  }
}
