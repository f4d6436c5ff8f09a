import { attributeQuestion } from './attributes';
import type { Clause } from './clause';
import { isPlural } from './finiteVerb';
import { readNounPhrase, type Reading } from './nounPhrase';
import { isAddress } from './values';
import type { Phrase } from './phrases';
import { questionWord } from './questionWord';
import { asMine, lowerFirst, lowerThe, sentenceCase } from './questions';
import { isWord, plainText, type Token } from './tokens';
import { verbOf } from './verbs';

/** Verbs whose agent is a person or a team, whatever they are called. */
const AGENTIVE =
  /^(?:own|maintain|lead|manage|found|create|write|design|develop|review|approve|triage|sign|contribute|invent|operate|run|build|start|sponsor|acquire|coordinate|supervise|answer|administer|organise|organize|translate|draw|fund|audit|test|introduce|add|report)$/;

/** Whether the agent of a verb is a person or a team. */
export function isAgentive(verb: string): boolean {
  return AGENTIVE.test(verb);
}

/** The question that a phrase of a clause answers. */
export function questionFor(clause: Clause, phrase: Phrase, reading: Reading): string {
  const agent = agentQuestion(clause, phrase, reading);
  if (agent !== undefined) return agent;
  const role = roleQuestion(clause, phrase, reading);
  if (role !== undefined) return role;
  const isCommand = clause.subject.length === 0 || isWord(clause.subject[0], /^(?:we|you|i)$/);
  const [opening, strands] = questionWord(clause, phrase, reading);
  const kept = clause.phrases.filter(
    (other) =>
      other !== phrase && (isKept(other) || isException(other, clause) || (isCommand && isCondition(other))),
  );
  const at = clause.phrases.indexOf(phrase);
  const before = kept.filter((other) => clause.phrases.indexOf(other) < at);
  const after = kept.filter((other) => clause.phrases.indexOf(other) > at && !(strands && isValue(other)));
  const rest = [
    ...before.map(phraseText),
    strands ? phrase.lead : '',
    ...after.map(phraseText),
    frontText(clause),
  ];
  return compose(opening, clause, rest);
}

/** "Who owns billing?" — the question that a clause's subject answers. */
export function questionForSubject(clause: Clause, word: string): string {
  const { subject, auxiliary, verb } = clause;
  const kept = clause.phrases.filter(isKept).map(phraseText);
  const [first = '', ...others] = verb.split(' ');
  const known = verbOf(first, 'base');
  const inflected = auxiliary === 'did' ? known?.past : auxiliary.startsWith('do') ? known?.third : undefined;
  const predicate = [
    ...(/^d(?:o|oes|id)$/.test(auxiliary) ? [inflected ?? first] : [auxiliary, first]),
    ...others,
  ].join(' ');
  const singular = isPlural(subject)
    ? predicate.replace(/^are\b/, 'is').replace(/^were\b/, 'was')
    : predicate;
  return finish([word, singular, ...kept, frontText(clause)]);
}

/** "Who is the owner of X?" of "X's owner is Ada". */
function roleQuestion(
  clause: Clause,
  { lead, role, tokens }: Phrase,
  { kind, noun }: Reading,
): string | undefined {
  const { verb, subject } = clause;
  const isOf =
    kind === 'amount' && tokens.some((token) => isWord(token, /^of$/)) && isWord(tokens[0], /^(?:an?|the)$/);
  if (verb === 'have' && (kind === 'number' || isOf) && noun !== undefined)
    return attributeQuestion(noun, subjectText(clause));
  const [, owner, attribute] = /^(.+?)['’]s? (.+)$/.exec(plainText(subject)) ?? [];
  const isMere = verb === '' && lead === '' && role === 'object' && kind !== 'thing';
  return isMere && owner !== undefined && attribute !== undefined
    ? attributeQuestion(attribute, owner)
    : undefined;
}

/** "Who maintains X?" of "X is maintained by Ada": the active voice, if the agent is someone. */
function agentQuestion(clause: Clause, phrase: Phrase, reading: Reading): string | undefined {
  if (!clause.passive || phrase.lead !== 'by' || reading.kind === 'count') return undefined;
  const participle = clause.verb.split(' ').at(-1) ?? '';
  const verb = verbOf(participle, 'participle');
  if (!verb) return undefined;
  const names = phrase.tokens.filter(({ text }) => /^\p{Lu}/u.test(text)).length;
  const isManner = reading.kind === 'thing' && phrase.tokens.length === 1;
  if (isManner || phrase.tokens[0]?.form === 'gerund') return undefined;
  const someone = reading.kind === 'name' && (names > 1 || AGENTIVE.test(verb.base));
  const isTeam =
    reading.kind === 'thing' &&
    /\b(?:team|guild|group|people|staff|lead|owner|council|desk|crew)\b/.test(reading.answer);
  const word = someone || isTeam ? 'Who' : reading.noun !== undefined ? `Which ${reading.noun}` : 'What';
  const { auxiliary } = clause;
  const isPast = auxiliary === 'was' || auxiliary === 'were' || auxiliary === 'has' || auxiliary === 'have';
  const isModal = !isPast && auxiliary !== 'is' && auxiliary !== 'are';
  const active = isModal ? `${auxiliary} ${verb.base}` : isPast ? verb.past : verb.third;
  const kept = clause.phrases.filter((other) => other !== phrase && isKept(other)).map(phraseText);
  return finish([word, active, subjectText(clause), ...kept, frontText(clause)]);
}

/** Question word, auxiliary, subject, verb and the rest, in English order. */
function compose(opening: string, clause: Clause, rest: readonly string[]): string {
  const { auxiliary, verb, subject, phrases } = clause;
  if (subject.length > 0) return finish([opening, auxiliary, subjectText(clause), verb, ...rest]);
  if (auxiliary === 'should') return finish([opening, auxiliary, 'I', verb, ...rest]);
  const object = phrases.find(({ role }) => role === 'object');
  const objectText = object && phraseText(object);
  const participle = verbOf(verb, 'base')?.participle;
  if (object && objectText !== undefined && participle !== undefined && rest.includes(objectText)) {
    const others = rest.filter((text) => text !== objectText);
    return finish([opening, isPlural(object.tokens) ? 'are' : 'is', objectText, participle, ...others]);
  }
  return finish([opening, auxiliary, 'it', verb, ...rest]);
}

/** A subject within a sentence: its first word in lower case, unless it may be a name. */
export function subjectText({ subject, auxiliary }: Clause): string {
  const [first, second] = subject;
  const isNoun =
    first?.form === 'gerund' ||
    isWord(second, /^(?:of|to|in|for|from|with|on|about)$/) ||
    (!second && (isPlural(subject) || /^(?:do|are|were)$/.test(auxiliary)));
  if (first?.kind === 'word' && isNoun && /^\p{Lu}\p{Ll}+$/u.test(first.text))
    return lowerFirst(plainText(subject));
  return lowerThe(plainText(subject)).replace(/^(?:Only|We|You|They|It|He|She)\b/, (word) =>
    word.toLowerCase(),
  );
}

/** A phrase as it stands in a question. */
export function phraseText({ lead, tokens }: Phrase): string {
  return `${lead} ${plainText(tokens)}`.trim();
}

/** Words before the subject are asked with if they narrow down what is meant. */
function frontText({ front, subject }: Clause): string {
  const narrows =
    isWord(
      front[0],
      /^(?:for|in|on|at|with|to|inside|under|by|when|if|unless|after|before|once|until|while|without|except|starting|since|as of|from)$/,
    ) && front.length > 1;
  const tells =
    narrows && !/^by default$/i.test(plainText(front)) && (front.some(isTelling) || !subject.some(isTelling));
  return tells ? lowerFirst(plainText(front)) : '';
}

function isTelling({ kind, text }: Token, n = 1): boolean {
  return kind !== 'word' || (n > 0 && /\p{Lu}/u.test(text)) || /[_./\d-]/.test(text) || isAddress(text);
}

function isKept({ role, tokens }: Phrase): boolean {
  return (role === 'object' || role === 'prep') && tokens.length > 0;
}

/** "without running X first" of what must never be done, which would be false without it. */
function isException({ role, lead }: Phrase, { verb }: Clause): boolean {
  return role === 'contrast' && /^(?:without|except)$/.test(lead) && /\b(?:never|not)\b/.test(verb);
}

function isCondition({ role, lead }: Phrase): boolean {
  return role === 'sub' && /^(?:when|until|if|before|after|once|while|to)$/.test(lead);
}

function isValue({ tokens }: Phrase): boolean {
  return /^(?:number|amount|duration|version|time)$/.test(readNounPhrase(tokens).kind);
}

function finish(parts: readonly string[]): string {
  const text = parts
    .filter((part) => part !== '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${sentenceCase(asMine(text))}?`;
}
