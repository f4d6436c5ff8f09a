import type { TeachReport } from '../../sidecar/protocol';
import type { FactDetails } from '../details/factDetails';
import type { FactList } from '../factList';
import type { Teacher } from '../teacher';
import { targetFact } from './pickFact';

/** Changes a fact's questions, answer or scope, and teaches it again; the old one stays if that fails. */
export function editFact(facts: FactList, teacher: Teacher, details: FactDetails) {
  return async (item?: unknown): Promise<TeachReport | undefined> => {
    const fact = await targetFact(facts, item, 'Edit which fact?');
    const { statement, source, questions, answer, scope } = fact;
    const subject = { statement, source, replaces: fact };
    const report = await teacher.teachInteractively(subject, { questions, answer, scope });
    if (report?.fact) details.follow(fact, report.fact);
    return report;
  };
}
