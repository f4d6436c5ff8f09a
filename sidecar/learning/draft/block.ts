import { settingCandidate } from './config';
import type { Proposal } from './candidate';

/** Lines of remarks, and what trails a line of code. */
const REMARK = /^\s*(?:#(?!\w*[[{])|\/\/|--\s|;|%|<!--|\/\*|\*)/;
const TRAILING = /\s+(?:#\s|\/\/\s|--\s|;\s).*$/;
const HEADER = /^\[+\s*(?<name>[^\]]+?)\s*\]+$/;
const OPENER =
  /^-?\s*["']?(?<name>[\p{L}$@./][\p{L}\p{N}_./@$-]*(?: ["']?[\w./-]+["']?)?)["']?\s*(?:[:=]\s*(?:[{([]|&[\w-]+)?|[{(])$/u;
const CLOSER = /^[})\]]+[,;]?$/;
/** Keys that say what the settings beside them are about. */
export const NAMING = /^(?:\w+[_.-])?(?:name|app|id|service|project|job|title)$/i;
/** Of the lines, at least so many must be settings, or open and close sections. */
const SHARE = 0.6;

interface Section {
  indent: number;
  name: string;
}

/** The settings of a block of configuration, under the sections and the name that they stand under. */
export function blockProposals(lines: readonly string[]): Proposal[] {
  const code = lines.filter((line) => !REMARK.test(line));
  if (lines.length < 2 || code.length === 0) return [];
  const found: Proposal[] = [];
  let sections: Section[] = [];
  let named: string | undefined;
  let structural = 0;
  for (const line of code) {
    const indent = line.search(/\S/);
    const text = line.replace(TRAILING, '').trim();
    const header = HEADER.exec(text)?.groups?.name;
    const opener = OPENER.exec(text)?.groups?.name;
    if (header !== undefined || opener !== undefined || CLOSER.test(text)) {
      structural++;
      sections = header === undefined ? sections.filter((section) => section.indent < indent) : [];
      const name = (header ?? opener)?.replace(/["']/g, '');
      if (name !== undefined) sections.push({ indent: header === undefined ? indent : -1, name });
      continue;
    }
    const above = sections.filter((section) => section.indent < indent || section.indent < 0);
    const path = above.map(({ name }) => name).join('.');
    const item = text.replace(/^-\s+/, '');
    const setting =
      isSetting(item) && !(text !== item && /:\s[^"']*\s/.test(item))
        ? settingCandidate(item, path === '' ? named : path)
        : undefined;
    if (!setting) continue;
    structural++;
    const key = /^["']?([\w.-]+)/.exec(item)?.[1] ?? '';
    if (NAMING.test(key) && path === '') named ??= setting.answer;
    else found.push({ ...setting, traits: ['block', `setting=${Math.min(found.length, 3)}`] });
  }
  return structural < code.length * SHARE ? [] : found;
}

/** Whether a line sets something, rather than saying it in words. */
function isSetting(text: string): boolean {
  return /^["']?[\w.$@/-]+["']?\s*(?:[:=]|=>|:=)|^\S+\s+\S+;$|^[a-z]+(?:_[a-z]+)*\s+[\d"'/]\S*$/.test(text);
}
