import { isSpan, oneLine } from '../answers';
import { cleanLines, cleanStatement } from './clean';
import { blockProposals } from './block';
import { itemProposals } from './items';
import { notationProposals, trailingComment } from './notations';
import { withTraits, type Candidate, type Proposal } from './candidate';
import { lowerFirst } from './questions';
import { namesOf, namesSomething, ranked } from './rank';
import { LABEL, sentenceProposals, topicOf } from './sentences';
import { tagWords } from './tagging';
import { tokens } from './tokens';
import { tableProposals } from './tables';

/** Most questions that are proposed. */
const MAX_QUESTIONS = 3;
/** A fact is told within so many characters; looking further takes long. */
const MAX_LENGTH = 600;
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
  const [best] = ranked(proposals(text), cleanStatement(text));
  if (!best) return { ...fallback(cleanStatement(text)), isKnown: false };
  return { questions: best.questions.slice(0, MAX_QUESTIONS), answer: best.answer, isKnown: true };
}

/** All that a draft could ask of a text, in no order. */
export function proposals(text: string): Proposal[] {
  const start = text.slice(0, MAX_LENGTH);
  const all = start.split(/\r\n|\r|\n/);
  const raw = all.filter((line) => line.trim() !== '');
  const lines = cleanLines(start);
  const whole = cleanStatement(text);
  const readers = [
    () => tableProposals(raw),
    () => blockProposals(raw),
    () => itemProposals(all, (item) => fromSentences(item, whole)),
    () => fromSentences(oneLine(lines.join(' ')), whole),
    () => lines.flatMap((line) => [...notationProposals(line), ...sentenceProposals(line)]),
  ];
  for (const read of readers) {
    const found = read()
      .map((each) => ({ ...each, answer: trimEnd(each.answer) }))
      .filter(({ answer }) => answer !== '' && isSpan(answer, whole));
    if (found.length > 0) return found;
  }
  return [];
}

/** A question that names nothing names the first name of the text. */
function naming(proposal: Proposal, statement: string): Proposal {
  const [question = '', ...others] = proposal.questions;
  if (namesSomething(question)) return proposal;
  const name = namesOf(statement).find((each) => !isSpan(each, proposal.answer));
  if (name === undefined || isSpan(name, question)) return proposal;
  return {
    ...withTraits(proposal, 'named'),
    questions: [question.replace(/\?$/, ` for ${name}?`), ...others],
  };
}

/** What one paragraph or item of a text answers. */
function fromSentences(statement: string, whole: string): Proposal[] {
  const sentences = statement.split(SENTENCE_END);
  const isOne = sentences.length === 1 || /^(?:q|question)\b/i.test(statement);
  const comment = trailingComment(statement);
  const noted = isOne ? notationProposals(statement) : [];
  if (isOne)
    return noted.length > 0
      ? noted
      : sentenceProposals(comment ?? statement).map((each) => naming(each, whole));
  let topic: string | undefined;
  return sentences.flatMap((sentence, n) => {
    const found = sentence.endsWith('?')
      ? []
      : [...(LABEL.test(sentence) ? [] : notationProposals(sentence)), ...sentenceProposals(sentence, topic)];
    const before = sentences[n - 1] ?? '';
    const isAbout = FRAGMENT.test(before) && !isAsked(before);
    const about = topic;
    topic ??= topicOf(tagWords(tokens(sentence)));
    return found.map((each) => {
      const [question = '', ...others] = each.questions;
      const asked =
        isAbout && !question.includes(about ?? '')
          ? question.replace(/\?$/, ` for ${lowerFirst(before)}`)
          : question;
      const named = naming({ ...each, questions: [asked, ...others] }, whole);
      return withTraits(named, `sentence=${Math.min(n, 3)}`);
    });
  });
}

/** Whether a sentence is a full question, not a mere "Questions about X?". */
function isAsked(sentence: string): boolean {
  return /^(?:who|what|where|when|how|which|why|is|are|do|does|did|can|could|should|will|may|has|have|want|need|older|not)\b/i.test(
    sentence,
  );
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
