import { isAgentive, phraseText, questionForSubject } from './ask';
import { roleQuestions } from './attributes';
import type { Proposal } from './candidate';
import type { Clause } from './clause';
import { readNounPhrase } from './nounPhrase';
import { lowerThe, whoOrWhat } from './questions';
import { isWord, plainText, rawText, type Token } from './tokens';
import { isName, isVersion } from './values';

/** Verbs that make a person of any name: a thing may draw or answer, but owns nothing. */
const OWNING = /^(?:own|maintain|lead|manage|found|invent|review|approve|triage)$/;
const SOMEONE = /\b(?:team|guild|group|squad|council|board|desk|crew)\b/i;

/**
 * A clause's subject, if it is the answer: "Team Falcon owns X", "0.85 is the lowest score of X". Where
 * nothing else of the clause may be, it is sure.
 */
export function subjectAnswer(clause: Clause): Proposal[] {
  const { subject } = clause;
  const only = isWord(subject[0], /^only$/);
  const list = only ? subject.slice(1) : subject;
  if (list.length === 0) return [];
  return roleHolder(clause, list) ?? agent(clause, list, only);
}

/** "Qi is the founder of X", "V 2.1 is the last version with Y", "99 % is what we promise". */
function roleHolder(clause: Clause, list: readonly Token[]): Proposal[] | undefined {
  const [first] = clause.phrases;
  const isRole =
    clause.verb === '' &&
    first?.lead === '' &&
    isWord(first.tokens[0], /^(?:the|our|my|what|when|where)$|['’]s$/);
  if (!isRole) return undefined;
  const role = plainText(first.tokens);
  const version = list.at(-1);
  if (
    version &&
    list.length > 1 &&
    /\d\.\d/.test(version.text) &&
    isVersion(version.text) &&
    /\b(?:version|release)\b/.test(role)
  )
    return answered(clause, `Which version of ${plainText(list.slice(0, -1))}`, version.text, 'sure');
  const reading = readNounPhrase(list);
  if (reading.kind === 'thing' || /\bversion\b/.test(role)) return undefined;
  const asked = roleQuestions([role, ...clause.phrases.slice(1).map(phraseText)].join(' '), clause.auxiliary);
  if (asked) return [{ questions: asked, answer: reading.answer, traits: ['subject', 'sure'] }];
  return answered(clause, whoOrWhat(role.replace(/\s(?:of|for|in|at)\s.*$/, '')), reading.answer, 'sure');
}

/** Who or what does it: a person, a team, a setting, a number of things. */
function agent(clause: Clause, list: readonly Token[], only: boolean): Proposal[] {
  const reading = readNounPhrase(list);
  const text = rawText(list);
  const isPerson =
    list.every(isName) &&
    (list.length > 1 || OWNING.test(clause.verb)) &&
    list.every(({ text: word }) => /^\p{Lu}\p{Ll}[^\d'’]*$/u.test(word)) &&
    isAgentive(clause.verb);
  const isTeam =
    clause.verb !== '' &&
    SOMEONE.test(text.replace(/ (?:of|for|to|in|at) .*$/, '')) &&
    !/^(?:the|a|an|our) \w+$/i.test(text);
  if ((isPerson || isTeam || (only && clause.verb !== '')) && !clause.passive)
    return answered(clause, isPerson || isTeam ? 'Who' : 'What', text, only ? 'sure' : 'subject=agent');
  if (!clause.phrases.some((phrase) => phrase.tokens.some(isName))) return [];
  if (reading.kind === 'count')
    return answered(clause, `How many ${reading.noun ?? ''}`, reading.answer, 'subject=count');
  const isLiteral = /^[^=\s]+=\S+$|^\d|^0x/.test(reading.answer);
  if (!isLiteral) return [];
  const word = reading.noun === undefined ? 'What' : `Which ${lowerThe(reading.noun)}`;
  return answered(clause, reading.kind === 'amount' ? 'How much' : word, reading.answer, 'subject=literal');
}

function answered(clause: Clause, word: string, answer: string, trait: string): Proposal[] {
  return [{ questions: [questionForSubject(clause, word)], answer, traits: ['subject', trait] }];
}
