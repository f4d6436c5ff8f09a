import { readNounPhrase } from './nounPhrase';
import type { Candidate } from './candidate';
import { tokens } from './tokens';

/** Tags of documentation comments. Groups: s what it is about, a answer. */
const TAGS: readonly (readonly [RegExp, (s: string) => string])[] = [
  [
    /^@param\s+(?:\{[^}]*\}\s*)?\[(?<s>[\w.]+)\s*=\s*(?<a>[^\]]+)\]\s*(?<n>.*)$/,
    (s) => `What is the default of ${s}?`,
  ],
  [
    /^(?:@param|:param)\s+(?:\{[^}]*\}\s*)?(?<s>[\w.]+):?\s.*?(?<a>\S+) (?:by default|unless .*)\.?$/,
    (s) => `What is the default of ${s}?`,
  ],
  [
    /^(?:@param|:param)\s+(?:\{[^}]*\}\s*)?(?<s>[\w.]+):?\s.*?\bdefaults? (?:to|is) `?(?<a>[^\s`;,]+(?: (?:(?:milli)?seconds?|minutes?|hours?|days?|weeks?|bytes)\b)?)/i,
    (s) => `What is the default of ${s}?`,
  ],
  [
    /^@deprecated\b.*?\buse\s+`?(?<a>[^\s`,;]+?)`?(?:\s+instead)?(?:[,;]\s.*|\.)?$/,
    () => 'What should I use instead?',
  ],
  [/^@default(?:Value)?\s+(?<a>\S.*)$/, () => 'What is the default?'],
  [
    /^(?:@returns?|:returns?:|returns?:)\s*(?:\{[^}]*\}|\[[^\]]*\])?\s*(?<a>\S.*)$/i,
    () => 'What is returned?',
  ],
  [
    /^(?:@param|:param)\s+(?:\{[^}]*\}\s*)?(?<s>[\w.]+):?\s+(?:-\s+)?(?<a>\S.*)$/,
    (s) => `What is the parameter ${s}?`,
  ],
  [
    /^(?:@throws|@raises?|@exception|:raises?)\s+\{?(?<a>[\w.]+)\}?:?\s+(?<s>\S.*)$/,
    (s) => `What is thrown ${s}?`,
  ],
  [/^(?:@since|@version)\s+(?<a>\S+)$/, () => 'Since which version does it exist?'],
  [/^(?:@author|:author:)\s+(?<a>\S.*)$/, () => 'Who is the author?'],
];

/** A parameter as C# documents it. */
const XML_PARAM = /^<param name="(?<s>\w+)">\s*(?<n>.*?)(?:<\/param>)?$/;

/** What a tag of a documentation comment says: `@param {number} [limit=16] Number of uploads.` */
export function docTagCandidate(line: string): Candidate | undefined {
  const tag = line.replace(XML_PARAM, '@param $<s> $<n>');
  for (const [form, ask] of TAGS) {
    const groups = form.exec(tag)?.groups;
    if (!groups) continue;
    const answer = (groups.a ?? '').trim();
    const note = (groups.n ?? '').replace(/\.$/, '');
    const question = ask(groups.s ?? '').replace(/\.\?$/, '?');
    const full =
      note === ''
        ? question
        : question.replace(/\?$/, `, the ${note.charAt(0).toLowerCase()}${note.slice(1)}?`);
    if (question.startsWith('What is returned')) return returned(answer);
    return { questions: [full], answer };
  }
  return undefined;
}

/** "the level of X in percent": the unit, if one is named; else what is returned. */
function returned(text: string): Candidate {
  const [, other, when] = /^.+?,? or (.+?),? ((?:if|when|at|on) .+?)\.?$/.exec(text) ?? [];
  if (other !== undefined && when !== undefined)
    return { questions: [`What is returned ${when}?`], answer: other.replace(/`/g, '') };
  const [, what, unit] = /^(.+?) in (\w+)\.?$/.exec(text) ?? [];
  if (what !== undefined && unit !== undefined)
    return { questions: [`In which unit is ${what} returned?`], answer: unit };
  return { questions: ['What is returned?'], answer: readNounPhrase(tokens(text)).answer };
}
