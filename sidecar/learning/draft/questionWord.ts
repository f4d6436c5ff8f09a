import type { Clause } from './clause';
import type { Reading } from './nounPhrase';
import { CAUSE, type Phrase } from './phrases';
import { whoOrWhat } from './questions';
import { plainText } from './tokens';

/** Verbs that put their object somewhere, so that one asks for the place with "Where". */
const PLACING =
  /\b(?:store|stored|keep|kept|live|lie|reside|sit|stay|host|hosted|deploy|deployed|run|save|saved|write|written|put|locate|located|cache|cached|log|logged|register|registered|define|defined|base|based|headquartered|document|documented|find|found|publish|published|archive|archived|configure|configured|declare|declared|implement|implemented|install|installed|move|moved|place|placed|go|look|send|sent|load|loaded|pass|passed|come|read|versioned|mount|mounted|land|end up|upload|uploaded|dump|serve|served|buy|bought|meet|appear|start|begin)\b/;
const PLACE = /^(?:in|at|on|under|into|inside|within|from|to|behind|near)$/;
/** How the question opens, and whether the answer's preposition is left behind. */
export function questionWord(
  clause: Clause,
  phrase: Phrase,
  { kind, noun, answer, whole }: Reading,
): [string, boolean] {
  const { lead, role } = phrase;
  const isMere = clause.verb === '' && lead === '';
  if (isMere && kind === 'name')
    return [whoOrWhat(plainText(clause.subject).replace(/ (?:of|for|in|at) .*$/, '')), false];
  if (isMere && (kind === 'duration' || (kind === 'amount' && noun === undefined))) return ['What', false];
  const places = PLACE.test(lead) && (clause.verb === '' || PLACING.test(clause.verb));
  const strands = lead !== '';
  if (role === 'sub') return subordinate(lead);
  if (role === 'object' && clause.verb !== '' && phrase.tokens.length === 1 && /^\p{Ll}{3,}ly$/u.test(answer))
    return ['How', false];
  if (lead === 'by' && phrase.tokens[0]?.form === 'gerund') return ['How', false];
  if (whole && noun !== undefined) return [`Which ${noun}`, strands];
  if (kind === 'count' && noun === 'times') return ['How many times', false];
  if (kind === 'count') return [`How many ${noun ?? ''}`, strands];
  if (/^(?:every|each) (?:\d|\w+ (?:seconds|minutes|hours|days|weeks))/.test(answer))
    return ['How often', false];
  if (lead === 'by' && (kind === 'duration' || (kind === 'amount' && noun === undefined)))
    return ['By how much', false];
  if (kind === 'duration' && (lead === 'from' || lead === 'to')) return ['What', strands];
  if (kind === 'duration') {
    if (lead === 'every') return ['How often', false];
    if (lead === 'within' || lead === 'in') return ['Within what time', false];
    return [lead === 'after' || lead === 'before' ? 'When' : 'How long', false];
  }
  if (kind === 'time') return timeWord(lead);
  if (kind === 'amount' && (noun !== undefined || (lead === '' && !answer.includes('%'))))
    return [noun === undefined ? 'How much' : `How much ${noun}`, strands];
  if (kind === 'amount' && noun === undefined) return ['What', strands];
  if (noun !== undefined && kind === 'thing')
    return role === 'object' ? [`What ${noun}`, false] : places ? ['What', true] : ['What', strands];
  if (noun !== undefined && kind !== 'name') return [`Which ${noun}`, strands];
  const isPlace =
    kind === 'address'
      ? PLACE.test(lead) && !/@\w/.test(answer)
      : places &&
        (kind === 'name' ||
          (kind === 'code' && !/^(?:to|from)$/.test(lead)) ||
          /^(?:the|an?|our) /.test(answer));
  if (isPlace) return ['Where', lead === 'from' || lead === 'to'];
  if (kind === 'address' && lead === 'from' && answer.includes('@')) return ['Which address', true];
  return ['What', strands];
}

function timeWord(lead: string): [string, boolean] {
  if (lead === 'by' || lead === 'before') return ['By when', false];
  if (lead === 'until' || lead === 'till') return ['Until when', false];
  if (lead === 'since' || lead === 'from') return ['Since when', false];
  return ['When', false];
}

function subordinate(lead: string): [string, boolean] {
  if (lead === 'because' || CAUSE.test(lead)) return ['Why', false];
  if (lead === 'until' || lead === 'till') return ['Until when', false];
  return [lead === 'to' || lead === 'that' ? 'What' : 'When', false];
}
