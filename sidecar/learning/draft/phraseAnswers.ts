import { questionFor } from './ask';
import type { Proposal } from './candidate';
import type { Clause } from './clause';
import { findVerb } from './finiteVerb';
import { otherQuestions } from './otherQuestions';
import { readNounPhrase, type Reading } from './nounPhrase';
import { CAUSE, isLead, type Phrase } from './phrases';
import { isWord, rawText, textOf } from './tokens';

/** What may open a clause that tells when something is so. */
const CLAUSE_LEAD = /^(?:when|whenever|once|if|after|before|until|while|as soon as|as long as)$/;

/** What the phrases before the subject and behind the verb of a clause answer. */
export function phraseAnswers(clause: Clause): Proposal[] {
  const behind = clause.phrases.flatMap((phrase) => phraseAnswer(clause, phrase, phrase.role));
  return [...behind, ...frontAnswer(clause)];
}

/** "After 5 failed logins X locks the account": what stands before the subject may be asked for too. */
function frontAnswer(clause: Clause): Proposal[] {
  const [lead, ...rest] = clause.front;
  if (!(isLead(lead) || isWord(lead, /^without$/)) || rest.length === 0 || clause.subject.length === 0)
    return [];
  const role = isWord(lead, CLAUSE_LEAD) && findVerb(rest) !== undefined ? 'sub' : 'prep';
  const phrase: Phrase = { role, lead: textOf(lead).toLowerCase(), tokens: rest };
  return phraseAnswer({ ...clause, front: [], phrases: [...clause.phrases, phrase] }, phrase, 'front');
}

function phraseAnswer(clause: Clause, phrase: Phrase, place: string): Proposal[] {
  const reading = phrase.role === 'sub' ? clauseReading(phrase) : readNounPhrase(phrase.tokens);
  if (reading.kind === 'nothing' || phrase.role === 'contrast' || phrase.tokens[0]?.isTopic) return [];
  return [
    {
      questions: [questionFor(clause, phrase, reading), ...otherQuestions(clause, phrase, reading)],
      answer: reading.answer,
      traits: ['phrase', `place=${place}`, `kind=${reading.kind}`, ...phraseTraits(clause, phrase, reading)],
    },
  ];
}

/** What may tell whether a phrase is what one asks for. */
function phraseTraits(clause: Clause, { lead, role, tokens: list }: Phrase, { noun }: Reading): string[] {
  const isOurs = clause.subject.length === 0 || isWord(clause.subject[0], /^(?:we|you|i)$/);
  const isAdjective = list.every(({ form }) => form === 'adjective' || form === 'adverb' || form === 'past');
  return [
    lead === '' ? '' : `lead=${lead}`,
    noun === undefined ? '' : 'has noun',
    clause.passive && lead === 'by' ? 'agent' : '',
    role === 'object' && clause.verb === '' ? 'complement' : '',
    role === 'object' && clause.verb === '' && isAdjective ? 'adjective' : '',
    isOurs && lead === 'to' && /^(?:set|change|switch|point|move)$/.test(clause.verb) ? 'set to' : '',
    isOurs && role === 'object' ? 'object of a command' : '',
  ].filter((trait) => trait !== '');
}

function clauseReading({ tokens: list, lead }: Phrase): Reading {
  if (CAUSE.test(lead)) return { kind: 'name', answer: rawText(list) };
  if (
    !/^(?:that|when|whenever|as soon as|as long as|until|till|once|after|before|if|because|to|while|unless)$/.test(
      lead,
    )
  )
    return { kind: 'nothing', answer: '' };
  const answer = rawText(list);
  if (lead === 'that') return { kind: 'name', answer };
  return { kind: lead === 'to' ? 'thing' : 'name', answer: lead === 'to' ? `to ${answer}` : answer };
}
