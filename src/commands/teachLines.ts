import type { SidecarClient } from '../client';
import { UserError, type Messages } from '../errors';
import { countedFacts, type FactList } from '../factList';
import { pickLessons } from '../input/pickLessons';
import { unknownOffers } from '../source/offers';
import { readLines } from '../source/selection';
import type { Teacher } from '../teacher';
import { draftLines } from './draftLines';
import { editorOf } from './editorOf';
import { LineOutcomes } from './lineOutcomes';
import { teachAll, type Outcome } from './teachAll';

/** Drafts a fact of each highlighted line, lets the user choose, and teaches the chosen ones one after another. */
export function teachLines(client: SidecarClient, facts: FactList, teacher: Teacher, messages: Messages) {
  const results = new LineOutcomes(client, teacher, messages);
  return async (argument?: unknown): Promise<void> => {
    const { lines, leftOut } = readLines(editorOf(argument));
    const found = await draftLines(lines, client);
    if (found.length === 0) throw new UserError('No facts were found in these lines.');
    const offers = unknownOffers(found, facts.all);
    const known = found.length - offers.length;
    if (offers.length === 0) {
      messages.show('information', `Nothing new: ${countedFacts(known)} already learned.`);
      return;
    }
    const chosen = await pickLessons(offers, [
      ...(known > 0 ? [`${countedFacts(known)} already learned`] : []),
      ...(leftOut > 0 ? [`${leftOut === 1 ? '1 line' : `${leftOut} lines`} too long to teach`] : []),
    ]);
    if (chosen.length === 0) return;
    const outcomes = chosen.map(({ selected, draft: { questions, answer } }): Outcome => {
      return { selected, lesson: { questions, answer, scope: teacher.defaultScope } };
    });
    results.show(outcomes, await teachAll(outcomes, teacher));
  };
}
