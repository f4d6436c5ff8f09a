import { isSpan, oneLine } from '../answers';
import { cleanLines, cleanStatement } from './clean';
import { blockCandidate } from './block';
import { itemsCandidate } from './items';
import { notationCandidate, trailingComment } from './notations';
import type { Candidate, Scored } from './candidate';
import { lowerFirst } from './questions';
import { candidateOf, LABEL, topicOf } from './sentences';
import { tagWords } from './tagging';
import { tokens } from './tokens';
import { tableCandidate } from './tables';

/** Most questions that are proposed. */
const MAX_QUESTIONS = 3;
/** A fact is told within so many characters; looking further takes long. */
const MAX_LENGTH = 600;
/** How telling "key: value" is among sentences. */
const KEYED_WORTH = 4;
/** "Questions about X?" */
const FRAGMENT = /^(?:[\p{L}\d'’.-]+ ){0,5}[\p{L}\d'’.-]+\?$/u;
const SENTENCE_END =
  /(?<=[.!?])(?<!\b(?:max|min|approx|e\.g|i\.e|etc|vs|no|nr|ca|resp|incl|dr|st|mr|ms)\.)\s+(?=[\p{Lu}\d"'“`])/u;

/**
 * What to ask of a highlighted text and what it answers, by the forms that developers write facts in.
 * A text of no known form gets a question about its subject, answered by the text itself; `isKnown`
 * tells the two apart.
 */
export function candidates(text: string): Candidate & { isKnown: boolean } {
  const start = text.slice(0, MAX_LENGTH);
  const all = start.split(/\r\n|\r|\n/);
  const raw = all.filter((line) => line.trim() !== '');
  const lines = cleanLines(start);
  const statement = oneLine(lines.join(' '));
  const found =
    tableCandidate(raw) ??
    blockCandidate(raw) ??
    itemsCandidate(all, fromSentences) ??
    fromSentences(statement) ??
    fromLines(lines);
  const answered = trimEnd(found?.answer ?? '');
  const whole = cleanStatement(text);
  if (!found || answered === '' || !isSpan(answered, whole)) return { ...fallback(whole), isKnown: false };
  return { questions: found.questions.slice(0, MAX_QUESTIONS), answer: answered, isKnown: true };
}

/** What one paragraph or item answers. */
function fromSentences(statement: string): Scored | undefined {
  const notation =
    SENTENCE_END.test(statement) && !/^(?:q|question)\b/i.test(statement)
      ? undefined
      : notationCandidate(statement);
  if (notation) return { ...notation, score: KEYED_WORTH };
  const comment = trailingComment(statement);
  const remark = comment === undefined ? undefined : candidateOf(comment);
  if (remark) return remark;
  const sentences = statement.split(SENTENCE_END);
  if (sentences.length === 1) return candidateOf(statement);
  let topic: string | undefined;
  const found = sentences.flatMap((sentence, n): Scored[] => {
    const keyed = LABEL.test(sentence) ? undefined : notationCandidate(sentence);
    const candidate = keyed ? { ...keyed, score: KEYED_WORTH } : fromSentence(sentence, topic);
    const before = sentences[n - 1] ?? '';
    const [question = ''] = candidate?.questions ?? [];
    if (candidate && FRAGMENT.test(before) && !isAsked(before) && !question.includes(topic ?? ''))
      candidate.questions[0] = question.replace(/\?$/, ` for ${lowerFirst(before)}`);
    topic ??= topicOf(tagWords(tokens(sentence)));
    return candidate ? [{ ...candidate, score: candidate.score - n }] : [];
  });
  return found.sort((a, b) => b.score - a.score)[0];
}

/** Whether a sentence is a full question, not a mere "Questions about X?". */
function isAsked(sentence: string): boolean {
  return /^(?:who|what|where|when|how|which|why|is|are|do|does|did|can|could|should|will|may|has|have|want|need|older|not)\b/i.test(
    sentence,
  );
}

/** What a sentence among others answers; a question states nothing. */
function fromSentence(sentence: string, topic: string | undefined): Scored | undefined {
  return sentence.endsWith('?') ? undefined : candidateOf(sentence, topic);
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
