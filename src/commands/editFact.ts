import type { TeachReport } from '../../sidecar/protocol';
import type { FactList } from '../factList';
import type { Teacher } from '../teacher';
import { targetFact } from './pickFact';

/**
 * Changes a fact's questions, answer or scope, and teaches it again; a changed answer also in the statement. The old
 * one stays if that fails.
 */
export function editFact(facts: FactList, teacher: Teacher) {
  return async (item?: unknown): Promise<TeachReport | undefined> => {
    const fact = await targetFact(facts, item, { placeHolder: 'Select a fact to edit' });
    const { statement, source, questions, answer, scope } = fact;
    const subject = { statement, source, replaces: fact };
    return teacher.teachInteractively(subject, { questions, answer, scope });
  };
}
