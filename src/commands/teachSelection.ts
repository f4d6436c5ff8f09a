import * as z from 'zod';
import { Scope, Source, type TeachReport } from '../../sidecar/protocol';
import { UserError } from '../errors';
import { readSelection } from '../source/selection';
import { MAX_STATEMENT_BYTES, problemOf } from '../source/statement';
import type { Teacher } from '../teacher';
import { editorOf } from './editorOf';

/** What another extension, a keybinding or a test may pass to teach without the input flow. */
const TeachArgument = z.object({
  statement: z.string(),
  questions: z.array(z.string().trim().min(1)).min(1, 'at least one question is required'),
  answer: z.string().trim().min(1),
  source: Source.optional(),
  scope: Scope.optional(),
});
export type TeachArgument = z.input<typeof TeachArgument>;

/** Teaches what is highlighted in the active editor, or what `argument` says. */
export function teachSelection(teacher: Teacher) {
  return async (argument?: unknown): Promise<TeachReport | undefined> => {
    if (!isLesson(argument)) return teacher.teachInteractively(readSelection(editorOf(argument)));
    const parsed = TeachArgument.safeParse(argument);
    if (!parsed.success) throw new UserError(`Cannot teach this: ${z.prettifyError(parsed.error)}`);
    const { statement, source, questions, answer, scope = teacher.defaultScope } = parsed.data;
    const problem = problemOf(statement, MAX_STATEMENT_BYTES);
    if (problem !== undefined) throw new UserError(problem);
    return teacher.teach({ statement, source }, { questions, answer, scope });
  };
}

/**
 * A lesson is told by its statement: an editor's menu and the lightbulb pass the editor's URI, and the list's title the
 * fact that has the focus there, which has an id.
 */
function isLesson(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'statement' in argument && !('id' in argument);
}
