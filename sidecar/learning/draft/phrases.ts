import { isDistinct, isNumber } from './values';
import { isWord, type Token } from './tokens';
import { verbIn, verbOf } from './verbs';

/** What stands behind a verb: its object, or words that a preposition or conjunction leads in. */
export interface Phrase {
  /** object: no leading word; sub: a clause; contrast: what is not so; extra: behind a comma. */
  role: 'object' | 'prep' | 'sub' | 'contrast' | 'extra';
  /** The leading word in lower case; empty for an object. */
  lead: string;
  tokens: Token[];
}

const PREPOSITION =
  /^(?:in|on|at|to|from|with|by|for|as|under|over|after|within|before|until|till|through|via|into|during|against|between|inside|outside|above|below|around|across|towards|since|upon|behind|in favou?r of|on behalf of|by means of|in front of|on top of|out of|according to|near|next to|close to|ahead of|prior to|beyond|among|off|onto|using|like|about)$/;
const CONJUNCTION =
  /^(?:because of|due to|owing to|because|as soon as|as long as|unless|when|whenever|if|while|although|though|once|so|that|which|who|where|whereas|but|then)$/;
const CONTRAST = /^(?:not|never|except|unlike|without|instead of|rather than|regardless of|and not|but not)$/;
/** What may belong to a participle behind a noun, as opposed to the verb of the clause. */
const ATTRIBUTIVE = /^(?:by|in|on|from|at|with|behind|under|as)$/;
/** What names a cause in a noun. */
export const CAUSE = /^(?:because of|due to|owing to)$/;
/** Verbs of which what follows "over" was not chosen. */
export const CHOOSING = /^(?:pick|chose|choose|prefer|select|adopt|favou?r)(?:s|ed|n)?$/;
const FREQUENCY = /^(?:every|each|twice|daily|hourly|weekly|monthly|nightly)$/;
const MODAL = /^(?:is|are|was|were|will|can|may|must|should|has|have|does|do|cannot|would|could)$/;

const TIME_WORD =
  /^(?:second|minute|hour|day|night|week|weekend|month|quarter|year|spring|summer|autumn|fall|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|time|sprint|release)$/;

function isTimeWord(token: Token | undefined): boolean {
  return isWord(token, TIME_WORD);
}

/** Whether a token is a preposition or leads in a subordinate clause. */
export function isLead(token: Token | undefined): boolean {
  return isWord(token, PREPOSITION) || isWord(token, CONJUNCTION);
}

/** Whether tokens hold a finite verb, as far as one can tell without knowing their subject. */
function hasVerb(list: readonly Token[]): boolean {
  return list.some(
    (token, n) =>
      n > 0 &&
      !isNumber(list[n - 1]?.text ?? '') &&
      (isWord(token, MODAL) ||
        (token.kind === 'word' &&
          (verbOf(token.text, 'third') ??
            (isWord(list[n - 1], /^(?:we|you|they|i)$/) ? token : undefined) ??
            (isWord(list[n - 1], /^(?:it|this|that|he|she)$/) ? verbOf(token.text, 'past') : undefined)) !==
            undefined)),
  );
}

/** The phrases of what follows a verb. */
export function phrasesOf(rest: readonly Token[]): Phrase[] {
  const phrases: Phrase[] = [];
  let behind = false;
  let isClause = false;
  for (const [n, token] of rest.entries()) {
    if (token.kind === 'mark') {
      behind = true;
      isClause = false;
      phrases.push({ role: 'extra', lead: '', tokens: [] });
      continue;
    }
    const opened = opening(token, rest, n);
    const last = phrases.at(-1);
    if (last && isClause && (opened?.role !== 'contrast' || isWord(rest[n - 1], MODAL))) {
      last.tokens.push(token);
    } else if (opened && !(last && isReduced(last.tokens, token))) {
      isClause = opened.role === 'sub';
      phrases.push({
        ...opened,
        role: behind && opened.role !== 'contrast' ? 'extra' : opened.role,
        tokens: opened.lead === '' ? [token] : [],
      });
    } else if (last) {
      last.tokens.push(token);
    } else {
      phrases.push({ role: 'object', lead: '', tokens: [token] });
    }
  }
  return phrases.filter(({ tokens }) => tokens.length > 0);
}

/** "Someone outside the team": what follows these tells which is meant. */
const INDEFINITE = /^(?:some|any|every|no)(?:one|body|thing)$|^those$/;
const LIMITING = /^(?:outside|inside|within|under|above|below|beyond|with|behind)$/;

/** "Processes left behind by X", "a file encoded in Y": what follows a participle belongs to its noun. */
function isReduced(list: readonly Token[], lead: Token): boolean {
  if (isWord(list.at(-1), INDEFINITE) && isWord(lead, LIMITING)) return true;
  const isBehind = isWord(list.at(-1), /^behind$/);
  const participle = list.at(isBehind ? -2 : -1);
  if (list.length < (isBehind ? 3 : 2) || !isWord(lead, ATTRIBUTIVE)) return false;
  const verb = verbIn(participle, 'participle');
  // "Set", "run" and "read" may be nouns, or their own past.
  return (
    verb !== undefined && (isWord(lead, /^by$/) || (verb.base !== verb.participle && !isNoun(participle)))
  );
}

/** "The test set in memory": a participle that is as well a base form. */
function isNoun(token: Token | undefined): boolean {
  return verbIn(token, 'base') !== undefined;
}

/** "… and stores it", "… and so blocks": a second verb, as opposed to a second noun. */
function coordinated(
  rest: readonly Token[],
  at: number,
  lead: string,
): Pick<Phrase, 'role' | 'lead'> | undefined {
  const adverb = /^(?:so|then|also|never|not|only|thus|\p{L}+ly)$/u;
  const next = rest.slice(at + 1).find((token) => !isWord(token, adverb));
  if (next === undefined) return undefined;
  if (isWord(next, MODAL) || verbIn(next, 'third')) return { role: 'sub', lead };
  const object = rest[rest.indexOf(next) + 1];
  if (isWord(next, /^be$/)) return { role: 'sub', lead };
  const takes =
    isWord(object, /^(?:the|a|an|it|them|its|their|your|all|to|in|on|for|again|by)$/) ||
    isNumber(object?.text ?? '');
  return takes && (next.form === 'past' || next.form === 'base') ? { role: 'sub', lead } : undefined;
}

/** "7 to 5", as opposed to "from 7 to 5". */
export function isRange(list: readonly Token[], at: number): boolean {
  const areNumbers = [list[at - 1], list[at + 1]].every(
    (token) => token !== undefined && isNumber(token.text),
  );
  return areNumbers && isWord(list[at], /^to$/) && !isWord(list[at - 2], /^from$/);
}

/** The phrase that begins at a token, if one does. */
function opening(
  token: Token,
  rest: readonly Token[],
  at: number,
): Pick<Phrase, 'role' | 'lead'> | undefined {
  const before = rest[at - 1];
  const next = rest[at + 1];
  const lead = token.text.toLowerCase();
  if (isWord(token, CONTRAST)) return { role: 'contrast', lead };
  if (isWord(token, /^once$/) && isWord(next, /^(?:per|a|an|every)$/)) return { role: 'prep', lead: '' };
  if (isWord(token, FREQUENCY))
    return at > 0 && (isLead(before) || isWord(before, /^of$/)) ? undefined : { role: 'prep', lead: '' };
  if (isWord(token, /^(?:last|next|this)$/) && isTimeWord(next)) return { role: 'prep', lead: '' };
  if (isNumber(token.text) && isWord(next, /^times?$/)) return { role: 'prep', lead: '' };
  if (isWord(token, /^(?:and|or)$/) && next?.kind === 'word' && at > 0) return coordinated(rest, at, lead);
  if (isWord(token, CONJUNCTION)) return { role: 'sub', lead };
  if (!isWord(token, PREPOSITION) || next === undefined || isRange(rest, at)) return undefined;
  if (isWord(token, /^(?:about|over|around|under)$/) && isNumber(next.text)) return undefined;
  const takesObject =
    isDistinct(rest[at + 2]) || isWord(rest[at + 2], /^(?:the|a|an|all|its|their|it|them)$/);
  if (isWord(token, /^to$/) && (verbOf(next.text, 'base') ?? (takesObject && verbIn(next, 'base')))) {
    const isNoun = isWord(rest[at + 2], /^(?:and|or|in|on|at)$/) || rest[at + 2] === undefined;
    return isNoun && at > 0 ? { role: 'prep', lead } : { role: 'sub', lead };
  }
  const tail = rest.slice(at + 1);
  const end = tail.findIndex((each) => each.kind === 'mark');
  const clause =
    /^(?:before|after|until|till|since|as)$/.test(lead) && hasVerb(tail.slice(0, end < 0 ? undefined : end));
  return { role: clause ? 'sub' : 'prep', lead };
}
