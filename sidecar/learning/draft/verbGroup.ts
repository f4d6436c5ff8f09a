import { isLead, phrasesOf, type Phrase } from './phrases';
import { isWord, textOf, type Token } from './tokens';
import { isNumber } from './values';
import { baseForm, verbIn } from './verbs';

/** The verb of a clause, as a question has it. */
export interface VerbGroup {
  /** What the verb is asked with: is, will, does, did, should. */
  auxiliary: string;
  /** What follows subject and auxiliary in a question: "listen", "be written", "" for a mere "is". */
  verb: string;
  /** Whether the verb is "is" with a participle. */
  passive: boolean;
  phrases: Phrase[];
}

export const AUXILIARY =
  /^(?:is|are|was|were|will|would|can|could|may|might|must|shall|should|has|have|had|does|do|did|cannot|can't|won't|doesn't|don't|isn't|aren't|needn't)$/;
export const ADVERB =
  /^(?:only|also|always|never|still|now|currently|usually|normally|already|just|then|even|both|all|no longer|please|first|\p{L}+ly)$/u;
/** Verbs that another verb follows: "agreed to switch off". */
const CHAINED =
  /^(?:agree|decide|plan|want|need|try|choose|intend|aim|expect|start|begin|tend|refuse|use|fail|continue)$/;
const BE = /^(?:is|are|was|were|isn't|aren't)$/;
const HAVE = /^(?:has|have|had)$/;

/** "Listen on …": what one should do. */
export function command(rest: readonly Token[]): VerbGroup {
  const skipped = rest.findIndex(
    (token) => !isWord(token, /^(?:please|always|never|then|first|don't|do not)$/),
  );
  const never = rest.slice(0, skipped).some((token) => isWord(token, /^(?:never|don't|do not)$/));
  const { words, rest: after } = particle(rest.slice(skipped + 1));
  const verb = [never ? 'never' : '', textOf(rest[skipped]).toLowerCase(), ...words].filter(
    (word) => word !== '',
  );
  return { auxiliary: 'should', verb: verb.join(' '), passive: false, phrases: phrasesOf(after) };
}

/** The verb group that a clause's rest begins with, and what follows it. */
export function verbGroup(rest: readonly Token[]): VerbGroup {
  const [head, ...tail] = rest;
  const word = textOf(head).toLowerCase();
  if (isWord(head, AUXILIARY)) return withAuxiliary(word, tail);
  const { auxiliary, verb } = finite(head);
  const chained = CHAINED.test(verb) && isWord(tail[0], /^to$/) && verbIn(tail[1], 'base') !== undefined;
  if (chained) {
    const inner = command(tail.slice(1));
    return { ...inner, auxiliary, verb: `${verb} to ${inner.verb}` };
  }
  const { words, rest: after } = particle(tail);
  return { auxiliary, verb: [verb, ...words].join(' '), passive: false, phrases: phrasesOf(after) };
}

function withAuxiliary(word: string, tail: readonly Token[]): VerbGroup {
  const negated = /n't$|^cannot$/.test(word);
  const verbs: string[] = negated ? ['not'] : [];
  let n = 0;
  for (; n < tail.length; n++) {
    if (isWord(tail[n], /^(?:not|never|no longer|be|been|have)$/)) verbs.push(textOf(tail[n]));
    else if (!isWord(tail[n], ADVERB) || isNumber(textOf(tail[n + 1]))) break;
  }
  const isBe = BE.test(word) || verbs.includes('be') || verbs.includes('been');
  const main = tail[n];
  const takes = main?.kind === 'word' && isMain(main, isBe, HAVE.test(word));
  if (HAVE.test(word) && !takes && !isBe) return possession(word, tail.slice(n));
  const { words, rest } = takes ? particle(tail.slice(n + 1)) : { words: [], rest: tail.slice(n) };
  return {
    auxiliary:
      word === "won't" ? 'will' : word.replace(/^can(?:no|')t$|n't$/, (end) => (end === "n't" ? '' : 'can')),
    verb: [...verbs, ...(takes ? [main.text, ...words] : [])].join(' '),
    passive: isBe && takes && !main.text.endsWith('ing'),
    phrases: phrasesOf(rest),
  };
}

/** Whether a word is the main verb behind an auxiliary. */
function isMain(token: Token, isBe: boolean, isHave: boolean): boolean {
  const word = token.text;
  if (isBe) return verbIn(token, 'participle') !== undefined || /^\p{Ll}{3,}(?:ed|ing)$/u.test(word);
  return isHave ? verbIn(token, 'participle') !== undefined : /^\p{L}+$/u.test(word);
}

/** "has a limit", "has to run". */
function possession(word: string, rest: readonly Token[]): VerbGroup {
  const auxiliary = word === 'has' ? 'does' : word === 'had' ? 'did' : 'do';
  const must = isWord(rest[0], /^to$/) && rest[1] !== undefined;
  const verb = must ? `have to ${textOf(rest[1])}` : 'have';
  return { auxiliary, verb, passive: false, phrases: phrasesOf(rest.slice(must ? 2 : 0)) };
}

/** A finite verb as a question has it: "listens" → does … listen. */
function finite(token: Token | undefined): Pick<VerbGroup, 'auxiliary' | 'verb'> {
  const word = textOf(token).toLowerCase();
  if (verbIn(token, 'base')) return { auxiliary: 'do', verb: word };
  const past = verbIn(token, 'past');
  return past ? { auxiliary: 'did', verb: past.base } : { auxiliary: 'does', verb: baseForm(word) };
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
  const end = rest.findIndex((token) => token.kind === 'mark' || isLead(token));
  const last = rest[end - 1];
  const isBehind = end > 1 && isWord(last, /^(?:up|down|back|away)$/) && !isWord(rest[end], /^to$/);
  if (last && isBehind) return { words: [last.text], rest: rest.toSpliced(end - 1, 1) };
  return { words: [], rest };
}
