import MiniSearch, { type SearchResult } from 'minisearch';
import { LIGHT, PREPOSITIONS } from './wordings';

/** Facts whose questions are named at most. */
const MOST = 3;
/** A shorter word is another one once a letter differs. */
const LEAST_INEXACT = 5;
/** Letters that may differ, of all letters of a word: two that are swapped from 6 letters on. */
const INEXACT = 0.25;

const QUESTION_WORDS = 'who whom whose when where why how'.split(' ');
const EMPTY = new Set([...LIGHT, ...PREPOSITIONS, ...QUESTION_WORDS]);

interface Entry {
  id: string;
  /** Which of the facts. */
  fact: number;
  question: string;
}

/**
 * The taught questions that are nearest to one that was asked, each of another fact, nearest first: those that share a
 * word with it that says what is asked about, misspelled or longer perhaps.
 */
export function similarQuestions(
  asked: string,
  facts: readonly { readonly questions: readonly string[] }[],
): string[] {
  const index = new MiniSearch<Entry>({
    fields: ['question'],
    storeFields: ['fact', 'question'],
    processTerm: (word) => (EMPTY.has(word.toLowerCase()) ? null : word.toLowerCase()),
    searchOptions: { prefix: isLong, fuzzy: (word) => isLong(word) && INEXACT },
  });
  index.addAll(
    facts.flatMap(({ questions }, fact) =>
      questions.map((question, n) => ({ id: `${fact}/${n}`, fact, question })),
    ),
  );
  const nearest = new Map<number, string>();
  for (const { fact, question } of index.search(asked) as (SearchResult & Entry)[]) {
    if (!nearest.has(fact)) nearest.set(fact, question);
  }
  return [...new Set(nearest.values())].slice(0, MOST);
}

function isLong(word: string): boolean {
  return word.length >= LEAST_INEXACT;
}
