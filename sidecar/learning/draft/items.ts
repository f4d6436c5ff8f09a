import { attributeQuestion } from './attributes';
import { withTraits, type Proposal } from './candidate';
import { cleanEach, NUMBER } from './clean';
import { tokens } from './tokens';
import { isName } from './values';

/** What an item of a list, a check list or a list of tags begins with. */
const ITEM = /^\s*(?:[-+*•–·▪☐☑✅❌✓✗]\s|\(?(?:\d{1,3}|[a-z]|[ivx]+)[.)]\s|@\p{L}|:\p{L}+)/iu;
const HEADING = /^\s*(?:(?:\/\/[/!]|\*)?\s*#{1,6}\s|={2,})|:\s*\**$/;
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
    return read(unit.text).map((each) =>
      withTraits(under(each, heading?.text, unit.text), `item=${Math.min(n, 3)}`),
    );
  });
}

/** "What does "Limits" say about scans?" of "scans: 3" under a heading; "the input of Babel" under a name. */
function under(candidate: Proposal, heading: string | undefined, text: string): Proposal {
  const title = heading?.replace(/[:*`]+$/, '').trim() ?? '';
  const key = /^(?<k>[^:→]{1,40}?)\s*(?::|→|->)\s/.exec(text)?.groups?.k?.replace(/`/g, '');
  const [question = ''] = candidate.questions;
  const isMere = key !== undefined && /^(?:What|Where|Who) (?:is|are) (?:the )?/.test(question);
  if (title === '' || title.length > 60 || !isMere || question.includes(title)) return candidate;
  const isOwner = tokens(title).length <= 2 && tokens(title).every(isName);
  const asked = isOwner
    ? attributeQuestion(key, title, candidate.answer)
    : `What does "${title.replace(/"/g, '')}" say about ${key}?`;
  return { ...candidate, questions: [asked, ...candidate.questions] };
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
    const isItem = ITEM.test(line) && !NUMBER.test(text);
    const last = units.at(-1);
    const isOpen = last !== undefined && !last.isHeading && !/[.!?:;]["'”)*]*$/.test(last.text);
    const goesOn = /^[\p{Ll}\d("'`]/u.test(text) || !last?.isItem;
    if (!isAfterBlank && !isItem && last && (isOpen ? goesOn : !last.isItem && !last.isHeading)) {
      last.text += ` ${text}`;
    } else {
      units.push({ indent: line.search(/\S/), isItem, isHeading: !isItem && HEADING.test(line), text });
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
