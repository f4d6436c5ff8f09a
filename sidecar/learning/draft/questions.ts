/** Words for people's roles, which are asked for with "Who"; not those of things, such as "server". */
const PERSON_ROLE =
  /\b(?:C[A-Z]O|VP|boss|chief|head|lead|leader|president|chair|chairman|architect|assistant|contact|founder|co-founder|owner|author|maintainer|co-maintainer|manager|director|engineer|developer|designer|reviewer|approver|creator|inventor|writer|sponsor|steward|captain|champion|mentor|coordinator|supervisor|organi[sz]er|administrator|admin|translator|illustrator|contributor|assignee|deputy|successor|predecessor|secretary|treasurer|auditor|examiner|teacher|trainer|instructor|host|moderator|spokesman|spokeswoman|spokesperson|employer|vendor contact|point person|\w+(?:ist|man|woman|person))$/i;
const THING = /\b(?:list|exist|checklist|blocklist|allowlist|artist list|whitelist|blacklist|twist)$/i;

/** "Who" for a person's role, else "What". */
export function whoOrWhat(role: string): 'Who' | 'What' {
  return PERSON_ROLE.test(role) && !THING.test(role) ? 'Who' : 'What';
}

/** A subject inside a sentence: its leading article in lower case. */
export function lowerThe(subject: string): string {
  return subject.replace(
    /^(?:The|A|An|Our|Your|This|That|All|Every|Each|Any|Some|No|Both|Everything|Anything|Nothing|Everyone|Anyone|Whoever|Nobody|Everybody|Anybody|Most|My|Its|These|Those|One|Two|Three|Only|Other|Another)\b/,
    (article) => article.toLowerCase(),
  );
}

/** A question's first letter in upper case. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A text's first letter in lower case. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** "you" where it is the subject. */
const BEFORE_SUBJECT =
  /\b(do|did|does|can|could|should|will|would|must|may|might|have|if|when|whenever|while|once|before|after|until|unless|that|because|where|what|which|as|the \w+|things|everything|anything) you(?! (?:and|or|for|in|with|at|by|to)\b)\b/gi;

/** A question in the words of who asks: "you" is me. */
export function asMine(question: string): string {
  return question
    .replace(/\byour\b/gi, 'my')
    .replace(/^you\b/i, 'I')
    .replace(/\bare you\b/gi, 'am I')
    .replace(BEFORE_SUBJECT, '$1 I')
    .replace(/\byou\b/gi, 'me')
    .replace(/\bI are\b/g, 'I am');
}
