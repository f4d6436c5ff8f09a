import { isSpan, oneLine } from '../answers';
import { cleanLines, cleanStatement } from './clean';
import { blockCandidate } from './config';
import { notationCandidate, trailingComment } from './notations';
import type { Candidate, Scored } from './candidate';
import { candidateOf, LABEL } from './sentences';
import { tableCandidate } from './tables';

/** Most questions that are proposed. */
const MAX_QUESTIONS = 3;
/** A fact is told within so many characters; looking further takes long. */
const MAX_LENGTH = 600;
/** How telling "key: value" is among sentences. */
const KEYED_WORTH = 4;
const SENTENCE_END = /(?<=[.!?])\s+(?=[\p{Lu}\d"'“`])/u;

/**
 * What to ask of a highlighted text and what it answers, by the forms that developers write facts in.
 * A text of no known form gets a question about its subject, answered by the text itself; `isKnown`
 * tells the two apart.
 */
export function candidates(text: string): Candidate & { isKnown: boolean } {
  const start = text.slice(0, MAX_LENGTH);
  const lines = cleanLines(start);
  const statement = oneLine(lines.join(' '));
  const found =
    tableCandidate(start.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')) ??
    blockCandidate(lines) ??
    fromSentences(statement) ??
    fromLines(lines);
  const answered = trimEnd(found?.answer ?? '');
  const whole = cleanStatement(text);
  if (!found || answered === '' || !isSpan(answered, whole)) return { ...fallback(whole), isKnown: false };
  return { questions: found.questions.slice(0, MAX_QUESTIONS), answer: answered, isKnown: true };
}

function fromSentences(statement: string): Candidate | undefined {
  const notation =
    SENTENCE_END.test(statement) && !/^(?:q|question)\b/i.test(statement)
      ? undefined
      : notationCandidate(statement);
  if (notation) return notation;
  const comment = trailingComment(statement);
  const remark = comment === undefined ? undefined : candidateOf(comment);
  if (remark) return remark;
  const sentences = statement.split(SENTENCE_END);
  if (sentences.length === 1) return candidateOf(statement);
  const found = sentences.flatMap((sentence, n): Scored[] => {
    const keyed = LABEL.test(sentence) ? undefined : notationCandidate(sentence);
    const candidate = keyed ? { ...keyed, score: KEYED_WORTH } : candidateOf(sentence);
    return candidate ? [{ ...candidate, score: candidate.score - n }] : [];
  });
  return found.sort((a, b) => b.score - a.score)[0];
}

function fromLines(lines: readonly string[]): Candidate | undefined {
  for (const line of lines) {
    const candidate = notationCandidate(line) ?? candidateOf(line);
    if (candidate) return candidate;
  }
  return undefined;
}

/** A question that fits any text: about its most telling word, answered by the text. */
function fallback(statement: string): Candidate {
  const subject = subjectOf(statement);
  const question = subject === undefined ? 'What does the note say?' : `What should I know about ${subject}?`;
  return { questions: [question], answer: trimEnd(statement) };
}

/** An identifier, path or name in the text; else its longest word. */
function subjectOf(statement: string): string | undefined {
  const words = statement.match(/[\p{L}\p{N}_$@][\p{L}\p{N}_$@./:()-]*[\p{L}\p{N}_)]|[\p{L}\p{N}]/gu) ?? [];
  const isName = (word: string, n: number): boolean =>
    /[\p{Ll}\p{N}][\p{Lu}_./-]|_|\p{L}-\p{L}|\(\)$/u.test(word) || (n > 0 && /^\p{Lu}/u.test(word));
  return (
    words.find(isName) ??
    words.filter((word) => /\p{L}{4}/u.test(word)).sort((a, b) => b.length - a.length)[0]
  );
}

function trimEnd(answer: string): string {
  return oneLine(answer).replace(/(?<=[^.])[.;,]$/, '');
}
