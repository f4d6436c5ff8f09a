import { isSpan } from './answers';

/** Longest statement that is taught, in UTF-8 bytes. */
const MAX_STATEMENT_BYTES = 8192;

/** Why a teaching was refused or rolled back, in words for the user. */
export const reasons = {
  emptyStatement: 'The statement is empty. Select the text that states the fact.',
  statementTooLong: (bytes: number): string =>
    `The statement is too long (${bytes} bytes, at most ${MAX_STATEMENT_BYTES}). Select only the text that states the fact.`,
  noQuestion: 'There is no question. Enter at least one question that the fact answers.',
  noAnswer: 'There is no answer. Enter what the model should answer.',
  contradiction: (question: string, statement: string, answer: string): string =>
    `Another fact already answers “${question}” with “${answer}”: “${statement}” Edit that fact instead, or forget it first.`,
  rival: (question: string, statement: string, answer: string): string =>
    `Another enabled fact answers “${question}” with “${answer}”: “${statement}” Disable that fact first.`,
  notInStatement: (given: string, wanted: string, statement: string): string => {
    const advice = isPartly(given, wanted, statement)
      ? `Try “${given}”, which the model reads there.`
      : 'Try a shorter answer in the words of the statement, or another question.';
    return `Even with the statement in the prompt, the model answers “${clip(given)}”, not “${wanted}”. ${advice}`;
  },
  notRecalled: (question: string, given: string): string =>
    `The model did not retain it: asked “${question}”, it answers “${clip(given)}”. Try a question that names the subject, or a shorter answer.`,
  disturbed: (statements: readonly string[]): string =>
    `Learning it would make the model forget ${statements.map((text) => `“${text}”`).join(', ')}. Nothing was changed.`,
  controlsChanged: (questions: readonly string[]): string =>
    `Learning it would change unrelated answers (${questions.map((text) => `“${text}”`).join(', ')}). Nothing was changed.`,
} as const;

/** Whether what the model reads in the statement is a part of what was wanted, or has it as a part. */
function isPartly(given: string, wanted: string, statement: string): boolean {
  return given !== '' && isSpan(given, statement) && (isSpan(given, wanted) || isSpan(wanted, given));
}

/** The start of a text, for a message. */
function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Why a text cannot be a statement, if it cannot. */
export function statementProblem(statement: string): string | undefined {
  if (statement === '') return reasons.emptyStatement;
  const bytes = Buffer.byteLength(statement);
  return bytes > MAX_STATEMENT_BYTES ? reasons.statementTooLong(bytes) : undefined;
}
