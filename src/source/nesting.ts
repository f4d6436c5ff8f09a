import { NAMING } from '../../sidecar/learning/draft/block';
import { hasWords, indentOf, type Places } from './place';

const ITEM = /^\s*(?:[-*+•]|\d{1,3}[.)])\s/;
const KEY = String.raw`(?:"[^"]+"|'[^']+'|[\w./-]+)`;
const REMARK = /^\s*(?:#|\/\/)/;
/** "server:", `"server": {` or "server: &anchor", with settings below it. */
const PARENT = new RegExp(String.raw`^\s*${KEY}:\s*(?:\{|&[\w-]+)?\s*(?:(?:#|//).*)?$`);
const SETTING = new RegExp(String.raw`^\s+${KEY}:\s+[^\s#]`);
/** The key of an item that begins with a setting. */
const ITEM_KEY = new RegExp(String.raw`^\s*-\s+["']?([\w./-]+)["']?:\s`);

/** "[server]", perhaps with a remark. */
const SECTION = /^(\[{1,2}[^[\]]+\]{1,2})\s*(?:[#;].*)?$/;
const ASSIGNMENT = /^\s*[\w.-]+\s*=\s*\S/;
/** A line of several words without an assignment that is neither indented, a remark nor the end of a list. */
const OTHER_TEXT = /^[^\s#;\])}=][^\s=]*\s+[^\s=#;][^=]*$/;

/** A line that others may be nested in, with those that go on with it. */
interface Level {
  /** Where it begins. */
  readonly start: number;
  readonly indent: number;
  readonly kind: 'parent' | 'item' | 'other';
  readonly lines: string[];
}

/** Whether a line begins an item of a list. */
export function isItem(line: string): boolean {
  return ITEM.test(line);
}

/** Assignments below the name of their section, which ends where other text begins. */
export function sections(lines: readonly string[]): Places {
  const places: Places = new Map();
  let head: readonly string[] = [];
  lines.forEach((line, n) => {
    const name = SECTION.exec(line)?.[1];
    if (name !== undefined) {
      head = [name];
      places.set(n, { head: [], isHead: true });
    } else if (OTHER_TEXT.test(line)) head = [];
    else if (head.length > 0 && ASSIGNMENT.test(line)) places.set(n, { head });
  });
  return places;
}

/** Settings below the keys or the item that they are nested in, and items below the items that they are nested in. */
export function nested(lines: readonly string[]): Places {
  const places: Places = new Map();
  const levels: Level[] = [];
  lines.forEach((line, n) => {
    if (!hasWords(line) || REMARK.test(line)) return;
    const indent = indentOf(line);
    while ((levels.at(-1)?.indent ?? -1) >= indent) levels.pop();
    const kind = isItem(line) ? 'item' : PARENT.test(line) ? 'parent' : 'other';
    const isSetting = SETTING.test(line);
    const head = kind === 'item' || isSetting ? headOf(levels, kind === 'item') : [];
    if (head.length > 0) places.set(n, { head });
    // The name of what other settings are of tells nothing by itself.
    const key = isSetting ? ITEM_KEY.exec(head[0] ?? '')?.[1] : undefined;
    const item = levels.findLast((level) => level.kind === 'item');
    if (item && key !== undefined && NAMING.test(key)) places.set(item.start, { head: [], isHead: true });
    const last = levels.at(-1);
    if (last?.kind !== 'item' || kind !== 'other' || isSetting)
      levels.push({ start: n, indent, kind, lines: [line] });
    else if (hasWords(lines[n - 1] ?? '')) last.lines.push(line);
  });
  return places;
}

/** Of a setting the innermost item and the keys below it, or all keys; of an item all items that it is in. */
function headOf(levels: readonly Level[], ofItem: boolean): string[] {
  const other = levels.findLastIndex(({ kind }) => kind === 'other');
  const above = levels.slice(other + 1);
  const isOfItem = ({ kind }: Level): boolean => kind === 'item';
  const start = ofItem ? above.findIndex(isOfItem) : above.findLastIndex(isOfItem);
  if (start < 0 && (ofItem || other >= 0)) return [];
  return above.slice(Math.max(start, 0)).flatMap((level) => level.lines);
}
