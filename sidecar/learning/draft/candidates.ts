import { isSpan, oneLine } from '../answers';
import { cleanEach, cleanStatement, linesOf, withoutCode } from './clean';
import { declaredBelow, paragraphsOf, withoutCodeBelow } from './commented';
import { blockProposals } from './block';
import { hasNestedItems, isList, itemProposals } from './items';
import { notationProposals, trailingComment } from './notations';
import { withTraits, type Candidate, type Proposal } from './candidate';
import { lowerFirst } from './questions';
import { namesOf, namesSomething, placeOf, ranked } from './rank';
import { JOINED, LABEL, sentenceProposals } from './sentences';
import { tagWords } from './tagging';
import { kindOf } from './values';
import { tokens } from './tokens';
import { tableProposals } from './tables';
import { described, topicOf } from './topic';

/** Most questions that are proposed. */
const MAX_QUESTIONS = 3;
/** Most drafts that are offered beside the best, but for a table's row. (Of 1,220 texts one of the first five is right for all but two that any is right for.) */
const MAX_OTHERS = 4;
/** A fact is told within so many characters, but for a table's row; looking further takes long. */
const MAX_LENGTH = 600;
/** Names of kinds of things, which tell nothing by themselves. */
const GENERIC = /^(?:APIs?|CLI|UI|HTTPS?|URLs?|JSON|SQL|ID|OK|TODO|FIXME|XML|CSV|DB|CPU|GPU|RAM|UTC)$/;
/** What YAML names a block by, here or there. */
const ANCHOR = /^[&*][\w-]+$/;
const CLAUSE_END = /[;:.!?—–](?=\s)|,(?= (?:and|but|so|while|because|since|which|as)\s)|$/;
/** What was not chosen, with its name. */
const PASSED_OVER = /\b(?:over|instead of|rather than|than|not|unlike|without) (?:the |an? )?\S+/g;
/** What opens a documentation comment. */
const COMMENT = /^\s*(?:"""|'''|\/\*\*|\/\/\/|#'|--\s\||@doc\b)/;
/** "Questions about X?" */
const FRAGMENT = /^(?:[\p{L}\d'’.-]+ ){0,5}[\p{L}\d'’.-]+\?$/u;
const SENTENCE_END =
  /(?<=[.!?])(?<!\b(?:max|min|approx|e\.g|i\.e|etc|vs|no|nr|ca|resp|incl|excl|dr|st|mr|ms)\.)(?<!(?:^|\s)\p{Lu}\.)(?<!\([^()]*)\s+(?=[\p{Lu}\d"'“`])/u;

/** A text and the names in it. */
interface Named {
  text: string;
  names: readonly string[];
  /** What the text is a comment of. */
  about?: string | undefined;
}

/**
 * What to ask of a highlighted text and what it answers, by the forms that developers write facts in.
 * A text of no known form gets a question about its subject, answered by the text itself; `isKnown`
 * tells the two apart, and `others` are asked for what else the text says, best first.
 */
export function candidates(text: string): Candidate & { isKnown: boolean; others: Candidate[] } {
  const statement = cleanStatement(text);
  const answers = new Set<string>();
  const found = proposals(text);
  // Of a table's row its reader knows which cell tells most, and each cell is a fact.
  const inOrder = found.some(({ traits }) => traits.includes('table'))
    ? distinct(found)
    : ranked(found, statement)
        .filter(({ answer }) => !answers.has(answer) && answers.add(answer))
        .slice(0, 1 + MAX_OTHERS);
  const [best, ...others] = inOrder.map(({ questions, answer }) => ({
    questions: questions.slice(0, MAX_QUESTIONS),
    answer,
  }));
  if (!best) return { ...fallback(statement), isKnown: false, others: [] };
  return { ...best, isKnown: true, others };
}

/** All that a draft could ask of a text, in no order: of a table what its reader finds, else what any reader does. */
export function proposals(text: string): Proposal[] {
  const start = text.slice(0, MAX_LENGTH);
  const all = linesOf(start);
  const raw = all.filter(hasText);
  const told = withoutCodeBelow(all);
  const lines = cleanEach(told).filter((line) => line !== '');
  // Items within others may not be about the names of these.
  const joined = hasNestedItems(told) ? '' : oneLine(lines.join(' '));
  const whole = cleanStatement(text);
  const names = {
    text: withoutCode(joined),
    names: nameRuns(joined.replace(LABEL, '')),
    about: declaredBelow(all),
  };
  const read = (part: string): Proposal[] => fromSentences(part, names, COMMENT.test(text));
  const texts = paragraphsOf(told).map((part) => oneLine(cleanEach(part).join(' ')));
  const cells = spansOf(tableProposals(linesOf(text).filter(hasText)), whole);
  if (cells.length > 0) return cells;
  const [first, ...others] = [
    blockProposals(raw),
    itemProposals(told, read),
    isList(told) ? [] : texts.flatMap(read),
    lines.length > 1 ? lines.flatMap(read) : [],
  ]
    .map((found) => spansOf(found, whole))
    .filter((found) => found.length > 0);
  const unsplit = (line: string): Proposal[] => [...notationProposals(line), ...sentenceProposals(line)];
  if (!first) return spansOf(lines.flatMap(unsplit), whole);
  return distinct([...first, ...others.flat().map((each) => withTraits(each, 'further reading'))]);
}

function hasText(line: string): boolean {
  return line.trim() !== '';
}

/** Those whose answer is a span of the text. */
function spansOf(found: readonly Proposal[], whole: string): Proposal[] {
  return found
    .map((each) => ({ ...each, answer: trimEnd(each.answer) }))
    .filter(({ answer }) => answer !== '' && !ANCHOR.test(answer) && isSpan(answer, whole));
}

/** The first of those that ask the same. */
function distinct(all: readonly Proposal[]): Proposal[] {
  const keyOf = ({ questions: [question], answer }: Proposal): string => JSON.stringify([question, answer]);
  return [...new Map([...all].reverse().map((each) => [keyOf(each), each])).values()].reverse();
}

/** A question that names nothing names the first of the names that its text has, but for what is no more or later on. */
function naming(proposal: Proposal, { text, names, about }: Named): Proposal {
  const [question = '', ...others] = proposal.questions;
  if (namesSomething(question) || (about !== undefined && isSpan(about, question))) return proposal;
  const end = placeOf(proposal.answer, text) + proposal.answer.length;
  const told = text.slice(0, end + text.slice(end).search(CLAUSE_END)).replace(PASSED_OVER, '');
  const name = names.find(
    (each) => isSpan(each, told) && !isSpan(each, proposal.answer) && !isSpan(proposal.answer, each),
  );
  if (name === undefined || isSpan(name, question)) return proposal;
  return {
    ...withTraits(proposal, 'named'),
    questions: [question.replace(/\?$/, ` for ${name}?`), ...others],
  };
}

/** Names that no other clause has as its value: "runs on AWS and its owner is Ada" says nothing of AWS's owner. */
function namesBeside(proposal: Proposal, found: readonly Proposal[], { names, ...named }: Named): Named {
  const clause = clauseOf(proposal);
  const values = found.filter((each) => clauseOf(each) !== clause && !each.traits.includes('place=subject'));
  return { ...named, names: names.filter((name) => !values.some(({ answer }) => isSpan(name, answer))) };
}

function clauseOf({ traits }: Proposal): string | undefined {
  return traits.find((trait) => trait.startsWith('clause='));
}

/** The names in a text, each with all its words. */
function nameRuns(text: string): string[] {
  const names = new Set(namesOf(text));
  const runs: string[][] = [[]];
  for (const { text: word, kind } of tokens(text)) {
    const name = word.replace(/[.!?]+$/, '');
    if (
      kind !== 'mark' &&
      names.has(name) &&
      !GENERIC.test(name) &&
      !name.includes('=') &&
      kindOf(name) !== 'time'
    )
      runs.at(-1)?.push(name.replace(/['’]s?$/, ''));
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 0).map((run) => run.join(' '));
}

/** What one paragraph or item of a text answers. @param names those of the text */
function fromSentences(statement: string, names: Named, isComment: boolean): Proposal[] {
  const sentences = statement.split(SENTENCE_END);
  const isOne = sentences.length === 1 || /^(?:q|question)\b/i.test(statement);
  const comment = trailingComment(statement);
  const noted = isOne ? notationProposals(statement) : [];
  if (noted.length > 0) return noted;
  if (isOne) {
    const found = sentenceProposals(comment ?? statement, names.about);
    const isJoined = JOINED.test(statement);
    return found.map((each) => naming(each, isJoined ? namesBeside(each, found, names) : names));
  }
  let topic = names.about;
  return sentences.flatMap((sentence, n) => {
    const found = sentence.endsWith('?')
      ? []
      : [...(LABEL.test(sentence) ? [] : notationProposals(sentence)), ...sentenceProposals(sentence, topic)];
    const before = sentences[n - 1] ?? '';
    const isAbout = FRAGMENT.test(before) && !isAsked(before);
    const known = topic;
    topic ??= (n === 0 ? described(sentence, isComment) : undefined) ?? topicOf(tagWords(tokens(sentence)));
    return found.map((each) => {
      const [question = '', ...others] = each.questions;
      const asked =
        isAbout && !question.includes(known ?? '')
          ? question.replace(/\?$/, ` for ${lowerFirst(before)}`)
          : question;
      const named = naming({ ...each, questions: [asked, ...others] }, names);
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

/** Without an aside and punctuation at its end, and without quotation marks around it. */
function trimEnd(answer: string): string {
  return oneLine(answer)
    .replace(/(?<=[^.])[.;,]$/, '')
    .replace(/(?<=[^\s,;:])\s+\([^()]*\)$/, '')
    .replace(/^(["'])([^"']+)\1$/, '$2');
}
