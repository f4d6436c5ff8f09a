/** Words and patterns for people's roles, which are asked for with "Who". */
const PERSON_ROLE =
  /\b(?:CEO|CTO|CFO|COO|CIO|CPO|VP|boss|chief|head|lead|president|chair|architect|assistant|contact|founder|owner|\w+(?:[^aeiou]er|ager|iner|igner|tor|sor|ist|man|woman|person))$/i;
const THING =
  /\b(?:server|container|number|parameter|order|header|folder|buffer|layer|compiler|linter|router|counter|timer|identifier|pointer|adapter|driver|user|cluster|worker|broker|vendor|color|factor|editor|register|tester|error|monitor|executor|selector|cursor|vector|indicator|operator|provider|printer|scheduler|logger|parser|formatter|bundler|runner|loader|handler|helper|wrapper|placeholder|letter|character|filter|master|center|data ?center|meter|power)$/i;

/** "Who" for a person's role, else "What". */
export function whoOrWhat(role: string): 'Who' | 'What' {
  return PERSON_ROLE.test(role) && !THING.test(role) ? 'Who' : 'What';
}

/** A subject inside a sentence: its leading article in lower case. */
export function lowerThe(subject: string): string {
  return subject.replace(
    /^(?:The|A|An|Our|Your|This|That|All|Every|Each|Any|Some|No|Both|Everything|Anything|Most|My|Its|These|Those)\b/,
    (article) => article.toLowerCase(),
  );
}

/** A question's first letter in upper case. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
