/** Longest run of words that may be spelled as one, or one that may be spelled as a run. */
const LONGEST = 3;
/** Shorter words often mean something else in another case: "it" and "IT". */
const SHORTEST = 3;

/**
 * Spells what is asked as it was taught. To the model "Billing Gateway", "`billing-gateway`" and "billing-gateway" are
 * different names; where only one of them was taught, that one is meant.
 */
export class Spelling {
  /** The spellings of a run of words by what they have in common. */
  private readonly taught = new Map<string, Set<string>>();

  /** @param questions those that were taught */
  constructor(questions: readonly string[]) {
    for (const question of questions) {
      const words = wordsOf(question.replace(MARK, ''));
      // The first word is written large wherever a sentence begins with it.
      for (const run of runsOf(words, 1)) {
        const key = keyOf(run);
        if (key.length >= SHORTEST) this.taught.set(key, (this.taught.get(key) ?? new Set()).add(run));
      }
    }
  }

  /** The question with those words respelled that were taught in one other spelling only. */
  applied(question: string): string {
    const mark = MARK.exec(question)?.[0] ?? '';
    const body = question.slice(0, question.length - mark.length);
    const isShouted = /\p{Lu}/u.test(body) && !/\p{Ll}/u.test(body) && /\s/.test(body.trim());
    const words = wordsOf(isShouted ? body.toLowerCase() : body);
    const spelled: string[] = [];
    while (words.length > 0) {
      const lengths = Array.from({ length: Math.min(LONGEST, words.length) }, (_, n) => n + 1).reverse();
      const length = lengths.find((n) => this.of(words.slice(0, n).join(' ')) !== undefined) ?? 1;
      const run = words.splice(0, length).join(' ');
      spelled.push(this.of(run) ?? run);
    }
    const text = spelled.join(' ') + mark;
    return isShouted ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  }

  /** How a run of words was taught; undefined where it was not, or in several ways. */
  private of(run: string): string | undefined {
    const spellings = this.taught.get(keyOf(run));
    if (!spellings) return undefined;
    if (spellings.has(run)) return run;
    const [only, ...others] = spellings;
    return others.length === 0 ? only : undefined;
  }
}

const MARK = /[\s?.!,;:]*$/;

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** All runs of up to LONGEST words, from the word `first` on. */
function runsOf(words: readonly string[], first: number): string[] {
  return words.flatMap((_, at) =>
    at < first
      ? []
      : Array.from({ length: Math.min(LONGEST, words.length - at) }, (_, n) =>
          words.slice(at, at + n + 1).join(' '),
        ),
  );
}

/** What spellings of the same have in common: letters and digits, regardless of case. 1.5 is not 15. */
function keyOf(run: string): string {
  const marks = /(?<!\p{N})[^\p{L}\p{N}]+|[^\p{L}\p{N}]+(?!\p{N})/gu;
  return run.normalize('NFC').toLowerCase().replace(marks, '');
}
