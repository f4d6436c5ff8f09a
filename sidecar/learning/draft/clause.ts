import { isDistinct, isName, isNumber } from './nounPhrase';
import { isLead, phrasesOf, type Phrase } from './phrases';
import { isWord, type Token } from './tokens';
import { baseForm, verbOf } from './verbs';

/** A clause, taken apart so that a question can be put together from it. */
export interface Clause {
  /** What stands before the subject: "By default", "For X". */
  front: Token[];
  /** Empty if the clause commands, or leaves its subject out. */
  subject: Token[];
  /** How the verb is asked with: is, will, does, did, should. */
  auxiliary: string;
  /** What follows subject and auxiliary in a question: "listen", "be written", "" for a mere "is". */
  verb: string;
  /** Whether the verb is "is" with a participle. */
  passive: boolean;
  phrases: Phrase[];
}

const AUXILIARY =
  /^(?:is|are|was|were|will|would|can|could|may|might|must|shall|should|has|have|had|does|do|did|cannot|can't|won't|doesn't|don't|isn't|aren't|needn't)$/;
const BE = /^(?:is|are|was|were|isn't|aren't)$/;
const HAVE = /^(?:has|have|had)$/;
const ADVERB =
  /^(?:only|also|always|never|still|now|currently|usually|normally|already|just|then|even|both|all|no longer|\p{L}+ly)$/u;
const BLOCKS_VERB =
  /^(?:the|a|an|its|our|their|his|her|your|my|no|all|any|some|each|every|and|or|of|that|which|who|this|these|those|\S+['’]s?)$/;
const PRONOUN = /^(?:we|you|they|i|you'll|we'll)$/;
const COMMA = /^[,—–]$/;

/** Takes a clause apart; undefined if no verb is found in it. */
export function parseClause(list: readonly Token[]): Clause | undefined {
  const start = frontLength(list);
  const front = list.slice(0, start);
  while (front.at(-1)?.kind === 'mark') front.pop();
  const body = list.slice(start);
  const [first, second] = body;
  if (first?.kind === 'word' && body.length > 1) {
    if (verbOf(first.text, 'base') && !isLikelyNoun(body))
      return { front, subject: [], ...command(first.text), phrases: phrasesOf(particle(body.slice(1)).rest) };
    if (verbOf(first.text, 'third') && second && !isWord(second, AUXILIARY) && findVerb(body) === undefined)
      return { front, subject: [], ...finite(first.text), phrases: phrasesOf(body.slice(1)) };
  }
  const at = findVerb(body);
  if (at === undefined) return undefined;
  const subject = body.slice(0, at);
  while (subject.length > 1 && isWord(subject.at(-1), ADVERB)) subject.pop();
  return { front, subject, ...verbGroup(body.slice(at)) };
}

/** How many tokens an adverbial before the subject has: up to its comma, or up to a pronoun. */
function frontLength(list: readonly Token[]): number {
  if (!isLead(list[0]) && !isWord(list[0], /^(?:out|thanks|unlike|instead|due)$/)) return 0;
  const comma = list.findIndex((token) => token.kind === 'mark' && COMMA.test(token.text));
  if (comma > 0 && comma < list.length - 2) return comma + 1;
  const pronoun = list.findIndex((token, n) => n > 1 && isWord(token, PRONOUN));
  return Math.max(0, pronoun);
}

/** A base form that starts a clause is a command unless a verb follows the noun that it may be. */
function isLikelyNoun(body: readonly Token[]): boolean {
  const at = findVerb(body);
  if (at === undefined) return false;
  const between = body.slice(1, at);
  return !between.some(
    (token) =>
      token.kind === 'mark' ||
      (isLead(token) && !isWord(token, /^(?:for|in|of|on|to)$/)) ||
      isWord(token, /^(?:the|a|an|it)$/),
  );
}

/** Where the finite verb of a clause stands. */
function findVerb(body: readonly Token[]): number | undefined {
  for (let n = 1; n < body.length; n++) {
    const [before, token, next] = [body[n - 1]!, body[n]!, body[n + 1]];
    if (token.kind === 'mark' && !/^[,]$/.test(token.text)) return undefined;
    if (token.kind !== 'word' || isWord(before, /^(?:that|which|who)$/)) continue;
    if (isWord(token, AUXILIARY) || isWord(token, /'ll$/)) return n;
    if (isWord(before, BLOCKS_VERB) || isLead(before) || isNumber(before.text)) continue;
    if (next === undefined || isWord(next, AUXILIARY) || isWord(next, /^of$/)) {
      if (next !== undefined || !verbOf(token.text, 'third')) continue;
    }
    if (auxiliaryFollows(body.slice(n + 1)) && !isName(before)) continue;
    if (isFinite(token, before, next, body.slice(0, n))) return n;
  }
  return undefined;
}

function isFinite(token: Token, before: Token, next: Token | undefined, subject: readonly Token[]): boolean {
  const word = token.text;
  if (/^\p{Lu}/u.test(word) || isDistinct(token)) return false;
  if (isWord(before, PRONOUN)) return verbOf(word) !== undefined || !isWord(token, ADVERB);
  if (verbOf(word, 'third'))
    return !(next?.kind === 'word' && isPlural(subject.concat(token)) && startsVerb(next));
  if (verbOf(word, 'past') && !isWord(next, /^by$/)) return !auxiliaryFollows([next!]);
  if (verbOf(word, 'base')) return isPlural(subject);
  const opensObject = isWord(
    next,
    /^(?:the|a|an|its|all|no|up to|at most|on|in|to|at|from|with|for|as|every)$/,
  );
  return /[^s]s$/.test(word) && isName(before) && (opensObject || isNumber(next?.text ?? ''));
}

/** Whether a word right behind a possible verb is a verb itself: "builds take". */
function startsVerb(token: Token): boolean {
  const verb = verbOf(token.text, 'base');
  return verb !== undefined && !verbOf(token.text, 'third') && !isName(token);
}

/** Whether an auxiliary stands further on in the same clause. */
function auxiliaryFollows(rest: readonly Token[]): boolean {
  for (const token of rest) {
    if (
      token.kind === 'mark' ||
      isWord(
        token,
        /^(?:that|which|who|when|if|because|unless|while|until|where|before|after|once|so|as|and|but)$/,
      )
    )
      return false;
    if (isWord(token, AUXILIARY)) return true;
  }
  return false;
}

/** Whether the head of a subject, the noun before its first preposition, is plural. */
export function isPlural(subject: readonly Token[]): boolean {
  const end = subject.findIndex((token, n) => n > 0 && (isLead(token) || isWord(token, /^of$/)));
  const head = subject.slice(0, end < 0 ? undefined : end);
  if (head.some((token) => isWord(token, /^and$/))) return true;
  const last = head.at(-1);
  return (
    last?.kind === 'word' && /[^su'’]s$/.test(last.text) && !isDistinct(last) && !/^\p{Lu}/u.test(last.text)
  );
}

type Verb = Pick<Clause, 'auxiliary' | 'verb' | 'passive'>;

function command(verb: string): Verb {
  return { auxiliary: 'should', verb: verb.toLowerCase(), passive: false };
}

/** A finite verb as a question has it: "listens" → does … listen. */
function finite(word: string): Verb {
  const lower = word.toLowerCase();
  if (verbOf(lower, 'base')) return { auxiliary: 'do', verb: lower, passive: false };
  const past = verbOf(lower, 'past');
  if (past) return { auxiliary: 'did', verb: past.base, passive: false };
  return { auxiliary: 'does', verb: baseForm(lower), passive: false };
}

/** The verb group that a clause's rest begins with, and what follows it. */
function verbGroup(rest: readonly Token[]): Verb & Pick<Clause, 'phrases'> {
  const [head, ...tail] = rest;
  const word = head!.text.toLowerCase();
  if (!isWord(head, AUXILIARY) && !word.endsWith("'ll")) {
    const { words, rest: after } = particle(tail);
    const verb = finite(word);
    return { ...verb, verb: [verb.verb, ...words].join(' '), phrases: phrasesOf(after) };
  }
  const verbs: string[] = [];
  let n = 0;
  for (; n < tail.length; n++) {
    const token = tail[n]!;
    if (isWord(token, /^not$/) || isWord(token, /^never$/)) verbs.push(token.text);
    else if (isWord(token, /^(?:be|been|have)$/)) verbs.push(token.text);
    else if (!isWord(token, ADVERB) || isNumber(tail[n + 1]?.text ?? '')) break;
  }
  const main = tail[n];
  const known = main?.kind === 'word' ? verbOf(main.text) : undefined;
  const isBe = BE.test(word) || verbs.includes('be') || verbs.includes('been');
  const wanted = isBe || HAVE.test(word) ? 'participle' : 'base';
  const fits = known && main && (verbOf(main.text, wanted) !== undefined || (isBe && /ing$/.test(main.text)));
  const takes = fits && !(isBe && isWord(main, /^(?:open|set)$/) && tail[n + 1] === undefined);
  if (HAVE.test(word) && !takes && verbs.length === 0)
    return {
      auxiliary: { has: 'does', have: 'do', had: 'did' }[word] ?? 'does',
      verb: 'have',
      passive: false,
      phrases: phrasesOf(tail),
    };
  const modal = !isBe && !takes && main?.kind === 'word';
  const used = takes || modal ? n + 1 : n;
  const { words, rest: after } = particle(tail.slice(used));
  const auxiliary = word.endsWith("'ll")
    ? 'will'
    : word.replace(/^cannot$|^can't$/, 'can').replace(/n't$/, '');
  const negation = /n't$|^cannot$/.test(word) ? ['not'] : [];
  const verb = [
    ...negation,
    ...verbs,
    ...(takes || modal ? [main!.text] : []),
    ...(takes || modal ? words : []),
  ];
  return {
    auxiliary,
    verb: verb.join(' '),
    passive: isBe && takes === true,
    phrases: phrasesOf(takes || modal ? after : tail.slice(used)),
  };
}

/** Particles that belong to the verb: "times out after", "falls back to". */
function particle(rest: readonly Token[]): { words: string[]; rest: readonly Token[] } {
  const [first, second] = rest;
  const isParticle = isWord(first, /^(?:out|back|up|down|off|over|on|away|together)$/);
  if (
    first &&
    isParticle &&
    (second === undefined ||
      second.kind === 'mark' ||
      isLead(second) ||
      isWord(first, /^(?:out|back|up|down|away)$/))
  )
    return { words: [first.text], rest: rest.slice(1) };
  return { words: [], rest };
}
