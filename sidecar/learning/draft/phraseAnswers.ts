import { questionFor } from './ask';
import type { Scored } from './candidate';
import type { Clause } from './clause';
import { otherQuestions } from './otherQuestions';
import { readNounPhrase, type Reading } from './nounPhrase';
import type { Phrase } from './phrases';
import { isWord, rawText, tokens } from './tokens';
import { isName } from './values';

/** How telling an answer of a kind is. */
export const WORTH: Readonly<Record<Reading['kind'], number>> = {
  address: 6,
  code: 6,
  quote: 6,
  time: 5,
  duration: 5,
  amount: 5,
  count: 5,
  number: 5,
  version: 5,
  name: 4,
  thing: 2,
  nothing: -20,
};
/** How much less telling it is in some places than as an object or behind a preposition. */
const PLACE_WORTH: Readonly<Record<Phrase['role'], number>> = {
  object: 0,
  prep: 0,
  sub: -3,
  extra: -9,
  contrast: -20,
};

/** What the phrases behind a clause's verb answer. */
export function phraseAnswers(clause: Clause): Scored[] {
  return clause.phrases.map((phrase, n) => {
    const reading = phrase.role === 'sub' ? clauseReading(phrase) : readNounPhrase(phrase.tokens);
    const question = questionFor(clause, phrase, reading);
    const score =
      WORTH[reading.kind] + PLACE_WORTH[phrase.role] + adjustment(clause, phrase, reading) + n / 100;
    const isBare = clause.subject.length === 0 || isWord(clause.subject[0], /^(?:we|you|i)$/);
    const untold =
      isBare && WORTH[reading.kind] < 6 && phrase.tokens.some(isName) && !namesSomething(question) ? -3 : 0;
    return {
      questions: [question, ...otherQuestions(clause, phrase, reading)],
      answer: reading.answer,
      score: score + untold,
    };
  });
}

/** What its place in the clause adds to the worth of an answer. */
function adjustment(clause: Clause, phrase: Phrase, { kind, answer }: Reading): number {
  const { lead, role, tokens: list } = phrase;
  if (list[0]?.isTopic) return -20;
  const isAdjective = list.every(({ form }) => form === 'adjective' || form === 'adverb' || form === 'past');
  if (clause.verb === '' && lead === '' && list.length < 3 && isAdjective) return -6;
  if (role === 'object' && clause.verb === 'return') return 1;
  if (clause.subject.length === 0 && WORTH[kind] === 6) {
    if (lead === 'to' && /^(?:set|change|switch|point|move)$/.test(clause.verb)) return 1;
    if (role === 'object') return 0.5;
  }
  if (clause.passive && lead === 'by') return 2;
  if (role === 'sub' && lead === 'to' && clause.verb === '') return 3;
  const until = /^(?:until|till|once)$/;
  if (role === 'sub' && until.test(lead)) return 2;
  if (
    role === 'object' &&
    answer.startsWith('the ') &&
    clause.phrases.some((each) => each.role === 'sub' && until.test(each.lead))
  )
    return -2;
  if (lead === 'for' && WORTH[kind] < 5) return -2;
  const isTool = /^(?:with|via|through|using)$/.test(lead) && list.length === 1 && kind === 'thing';
  if (isTool) return 3.5;
  return kind === 'name' && role !== 'sub' && /^(?:the|a|an|its|our) /.test(answer) ? -1 : 0;
}

/** Whether a question has a name in it beyond its first word. */
export function namesSomething(question: string): boolean {
  return tokens(question.replace(/\?$/, ''))
    .slice(1)
    .some((token) => isName(token) && token.text !== 'I');
}

function clauseReading({ tokens: list, lead }: Phrase): Reading {
  if (
    !/^(?:that|when|whenever|as soon as|until|till|once|after|before|if|because|to|while|unless)$/.test(lead)
  )
    return { kind: 'nothing', answer: '' };
  const answer = rawText(list);
  if (lead === 'that') return { kind: 'name', answer };
  return { kind: lead === 'to' ? 'thing' : 'name', answer: lead === 'to' ? `to ${answer}` : answer };
}
