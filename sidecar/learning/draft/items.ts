import { attributeQuestion } from './attributes';
import { withTraits, type Proposal } from './candidate';
import { cleanEach, NUMBER } from './clean';
import { parseClause } from './clause';
import { lowerFirst } from './questions';
import { tokens } from './tokens';
import { isName } from './values';
import { verbOf } from './verbs';

/** What an item of a list, a check list or a list of tags begins with. */
const ITEM = /^\s*(?:[-+*•–·▪☐☑✅❌✓✗]\s|\(?(?:\d{1,3}|[a-z]|[ivx]+)[.)]\s|@\p{L}|:\p{L}+)/iu;
/** What stands before an item in a comment. */
const COMMENTED = /^\s*(?:#|\/\/|--|;|\*)\s+(?=[-+*•]\s|\d{1,3}[.)]\s)/;
const HEADING = /^\s*(?:(?:\/\/[/!]|\*)?\s*#{1,6}\s|={2,})|:\s*\**$/;
/** What an item begins with that leaves its subject to what it is in. */
const AUXILIARY = /^(?:is|are|was|were|has|have|does|can|may|must|should|will)$/;
const KEYED = /^[^:]{1,40}:\s/;

interface Unit {
  indent: number;
  isItem: boolean;
  isHeading: boolean;
  text: string;
}

/**
 * What a text of several paragraphs or items says: what `read` finds in each, asked with the heading
 * that it stands under. Nothing if the text is a single paragraph.
 */
export function itemProposals(lines: readonly string[], read: (text: string) => Proposal[]): Proposal[] {
  const units = unitsOf(lines);
  if (units.length < 2) return [];
  return units.flatMap((unit, n) => {
    if (unit.isHeading) return [];
    const heading = units.slice(0, n).findLast((above) => above.isHeading || above.indent < unit.indent);
    const title = heading?.text.replace(/[:*`]+$/, '').trim() ?? '';
    const isWithin = heading !== undefined && heading.indent < unit.indent;
    const isOwner = isWithin && heading.isItem && !/[^s]s$/.test(title);
    return read(isWithin ? withSubject(unit.text, title) : unit.text).map((each) =>
      withTraits(under(each, title, unit.text, isOwner), `item=${Math.min(n, 3)}`),
    );
  });
}

/** Whether a text is a list, the items of which are no sentence together; one behind another's colon is. */
export function isList(lines: readonly string[]): boolean {
  const items = unitsOf(lines).filter(({ isItem }) => isItem);
  return items.some(({ indent }, n) => {
    const above = items[n - 1];
    return above !== undefined && !(indent > above.indent && above.text.endsWith(':'));
  });
}

/** Whether an item stands within another one, other than behind its colon. */
export function hasNestedItems(lines: readonly string[]): boolean {
  const items = unitsOf(lines).filter(({ isItem }) => isItem);
  return items.some(({ indent }, n) => {
    const above = items[n - 1];
    return above !== undefined && indent > above.indent && !above.text.endsWith(':');
  });
}

/** "Billing is owned by Ada" of "owned by Ada" below "Billing": what begins with its verb is said of what it is in. */
function withSubject(text: string, title: string): string {
  const [first] = tokens(text);
  const hasSubject = (parseClause(tokens(text))?.subject.length ?? 0) > 0;
  if (first?.kind !== 'word' || hasSubject || KEYED.test(text) || parseClause(tokens(title))) return text;
  const verb = first.text.toLowerCase();
  if (AUXILIARY.test(verb) || verbOf(verb, 'third')) return `${title} ${lowerFirst(text)}`;
  const isParticiple = verbOf(verb, 'participle') && !verbOf(verb, 'base');
  return isParticiple ? `${title} is ${lowerFirst(text)}` : text;
}

/** "What does "Limits" say about scans?" of "scans: 3" under a heading; "the input of Babel" under a name or in one's item. */
function under(candidate: Proposal, title: string, text: string, isWithin: boolean): Proposal {
  const key = /^(?<k>[^:→]{1,40}?)\s*(?::|→|->)\s/.exec(text)?.groups?.k?.replace(/`/g, '');
  const [question = ''] = candidate.questions;
  const isMere = key !== undefined && /^(?:What|Where|Who) (?:is|are) (?:the )?/.test(question);
  if (title === '' || title.length > 60 || !isMere || question.includes(title)) return candidate;
  const isOwner = isWithin || (tokens(title).length <= 2 && tokens(title).every(isName));
  const asked = isOwner
    ? attributeQuestion(key, title, candidate.answer)
    : `What does "${title.replace(/"/g, '')}" say about ${key}?`;
  return { ...candidate, questions: isWithin ? [asked] : [asked, ...candidate.questions] };
}

/** Items, headings and paragraphs; a line that goes on with its paragraph is joined to it. */
function unitsOf(lines: readonly string[]): Unit[] {
  const units: Unit[] = [];
  let isAfterBlank = true;
  const texts = cleanEach(lines);
  for (const [n, line] of lines.entries()) {
    const text = texts[n] ?? '';
    if (text === '') {
      isAfterBlank = true;
      continue;
    }
    // A number that is still there was not taken for a list's.
    const bare = line.replace(COMMENTED, (mark) => ' '.repeat(mark.length));
    const isItem = ITEM.test(bare) && !NUMBER.test(text);
    const last = units.at(-1);
    const isOpen = last !== undefined && !last.isHeading && !/[.!?:;]["'”)*]*$/.test(last.text);
    const goesOn = /^[\p{Ll}\d("'`]/u.test(text) || !last?.isItem;
    if (!isAfterBlank && !isItem && last && (isOpen ? goesOn : !last.isItem && !last.isHeading)) {
      last.text += ` ${text}`;
    } else {
      units.push({ indent: bare.search(/\S/), isItem, isHeading: !isItem && HEADING.test(line), text });
    }
    isAfterBlank = false;
  }
  return units.map((unit, n) => ({ ...unit, isHeading: unit.isHeading || isTitle(unit, units[n + 1]) }));
}

/** A few words without a full stop, above items. */
function isTitle(unit: Unit, next: Unit | undefined): boolean {
  const isShort = unit.text.split(' ').length < 7 && !/[.!?]$|:\s/.test(unit.text);
  return next !== undefined && isShort && (next.indent > unit.indent || (!unit.isItem && next.isItem));
}
