import type { Item } from './data';

/** Words that name neither a subject nor a relation. */
const COMMON = new Set(
  (
    'a an and any anybody are as at be but by can could did do does for from goes has have how i in is it its just know ' +
    'like many me more much my name noted of on one or our out please question remember remind run so somebody someone ' +
    'sorry tell that the there these they thing this to trying use used uses us wants was we were what when where which ' +
    'who whom whose why with wondering would you your right now'
  ).split(' '),
);

/** What an item is about, and the words that say what of it. */
interface Topic {
  subject: string | undefined;
  relation: ReadonlySet<string>;
}

/**
 * For each item, its question put to another of the taught subjects whose own fact is of another
 * relation: "the port of A" and "the owner of B" are taught, "the port of B" is not, and must not change.
 * @returns the question, or undefined where no other item fits or the subject cannot be made out
 */
export function crossedQuestions(
  items: readonly Item[],
  taught: readonly Item[],
  random: () => number,
): (string | undefined)[] {
  const topics = taught.map(topicOf);
  return items.map((item) => {
    const { subject, relation } = topicOf(item);
    if (subject === undefined) return undefined;
    const subjects = topics.flatMap((other) =>
      other.subject === subject || overlap(other.relation, relation) ? [] : (other.subject ?? []),
    );
    const other = subjects[Math.floor(random() * subjects.length)];
    return other && item.question.replace(subject, () => other);
  });
}

function topicOf(item: Item): Topic {
  const subject = subjectOf(item);
  return { subject, relation: relationWords(item, subject) };
}

/**
 * What an item is about: the longest run of words that its statement, question, paraphrase and
 * distractor share, without common words at its ends. Only items that have all four tell.
 */
export function subjectOf({ statement, question, paraphrase, distractor }: Item): string | undefined {
  if (paraphrase === undefined || distractor === undefined) return undefined;
  const words = question.split(/(?<=\s)|(?=[\s?.,'’`]|\(\))/).filter((word) => word !== '');
  const texts = [statement, paraphrase, distractor];
  let longest: string | undefined;
  for (let start = 0; start < words.length; start++) {
    for (let end = words.length; end > start; end--) {
      const run = words
        .slice(start, end)
        .join('')
        .replace(/^[\s`]+|[\s`]+$/g, '');
      if (run.length <= (longest?.length ?? 0) || isCommon(words[start]) || isCommon(words[end - 1]))
        continue;
      if (texts.every((text) => text.includes(run))) longest = run;
    }
  }
  return longest;
}

function isCommon(word = ''): boolean {
  const bare = word.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  return bare === '' || bare === 's' || COMMON.has(bare);
}

function relationWords({ statement, question, paraphrase, answer }: Item, subject = ''): Set<string> {
  const text = [statement.replace(answer, ' '), question, paraphrase].join(' ').replaceAll(subject, ' ');
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => word.length > 1 && !COMMON.has(word)));
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((word) => b.has(word));
}
