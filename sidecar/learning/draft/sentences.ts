import { attributeQuestion, baseForm, lowerThe, sentenceCase, whoOrWhat } from './questions';

/** Questions that a statement answers, and the answer as it stands there. */
export interface Candidate {
  questions: string[];
  answer: string;
}

/** A form of sentence: what it looks like, and what it answers. Groups: s subject, r role, v verb, a answer. */
interface Pattern {
  form: RegExp;
  ask: (groups: Readonly<Record<string, string>>) => string[];
}

/** Writes patterns without the noise: `{s}` is a group, blanks are runs of blanks. */
function pattern(form: string, ask: (groups: Readonly<Record<string, string>>) => string[]): Pattern {
  const source = form.replace(/\{(\w)\}/g, '(?<$1>\\S.*?)').replace(/ /g, '\\s+');
  return { form: new RegExp(`^${source}$`, 'i'), ask };
}

const ROLES = '(?<r>[\\w-]+(?: [\\w-]+){0,3})';
const NUMBER =
  '(?:up to |at most |at least |about |around |exactly |only |over )?(?:[~≈]?\\d[\\d.,_]*[kKmM%]?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|thousand|no)';
const MADE_BY =
  'owned|maintained|led|managed|founded|created|designed|developed|built|operated|reviewed|approved|written|run|invented|sponsored|started|funded|acquired|hosted|provided|supported|published';
const PLACED =
  'located|stored|defined|kept|configured|headquartered|based|deployed|hosted|documented|declared|implemented|saved|installed|registered|found|published|archived|logged';
const DATED =
  'founded|released|introduced|added|removed|deprecated|created|published|launched|started|established|built|retired|deleted|renewed|scheduled';

const roleQuestions = ({ r = '', s = '' }: Readonly<Record<string, string>>, verb = 'is'): string[] =>
  r.split(/\s+and\s+(?:the\s+)?/i).map((role) => attributeQuestion(role, s, verb));

/** In order of preference: the first form that fits is taken. */
const PATTERNS: readonly Pattern[] = [
  pattern('(?:please )?(?:always )?use {a} (?:instead of|rather than|in place of) {s}', ({ s = '' }) => [
    `What should I use instead of ${s}?`,
    `What replaces ${s}?`,
  ]),
  pattern('prefer {a} (?:over|to) {s}', ({ s = '' }) => [`What should I prefer over ${s}?`]),
  pattern("(?:do not|don't|never) use {s}[,;:.]? (?:but )?use {a}(?: instead)?", ({ s = '' }) => [
    `What should I use instead of ${s}?`,
  ]),
  pattern('{s} is deprecated[,;:.]? (?:please )?use {a}(?: instead)?', ({ s = '' }) => [
    `What should I use instead of ${s}?`,
    `What replaces ${s}?`,
  ]),
  pattern(
    '{s} (?:is|was|has been) (?:deprecated in favou?r of|replaced by|superseded by|replaced with) {a}',
    ({ s = '' }) => [`What replaces ${s}?`, `What should I use instead of ${s}?`],
  ),
  pattern('{s} (?:is|was|has been) renamed (?:to|as) {a}', ({ s = '' }) => [`What is the new name of ${s}?`]),
  pattern('{a} (?:replaces|supersedes) {s}', ({ s = '' }) => [`What replaces ${s}?`]),
  pattern(
    `{s} (?<v>listens|runs|is running|starts|is served|is exposed|is available|serves|answers|responds) (?:on|at) (?:tcp |udp |http )?port {a}`,
    ({ s = '', v = '' }) => [
      v.startsWith('is') ? `Which port does ${s} use?` : `Which port does ${s} ${baseForm(v)} on?`,
      attributeQuestion('port', s),
    ],
  ),
  pattern('{s} uses (?:tcp |udp )?port {a}', ({ s = '' }) => [`Which port does ${s} use?`]),
  pattern('{a} is on[- ]call for {s}', ({ s = '' }) => [`Who is on call for ${s}?`]),
  pattern('{s} is on call on {a}', ({ s = '' }) => [`When is ${s} on call?`]),
  pattern('{s} is written in {a}', ({ s = '' }) => [`What language is ${s} written in?`]),
  pattern('{s} is licensed under (?:the )?{a}', ({ s = '' }) => [`What is the license of ${s}?`]),
  pattern('{s} times out after {a}', ({ s = '' }) => [
    `When does ${s} time out?`,
    attributeQuestion('timeout', s),
  ]),
  pattern(
    '{s} (?<v>expires|fails|restarts|stops|retries|closes|rotates|refreshes) (?:after|in|within|every) {a}',
    ({ s = '', v = '' }) => [`When does ${s} ${baseForm(v)}?`],
  ),
  pattern(
    `{s} (?<v>retries|restarts|runs|tries)(?: for)? (?:up to |at most )?{a} times`,
    ({ s = '', v = '' }) => [`How many times does ${s} ${baseForm(v)}?`],
  ),
  pattern(
    'we (?:chose|picked|selected|use|adopted|went with) {a} (?:for|as) {s}(?: because .*)?',
    ({ s = '' }) => [`What did we choose for ${s}?`],
  ),
  pattern('we (?:run|use|are on) version {a} of {s}', ({ s = '' }) => [attributeQuestion('version', s)]),
  pattern('{s} (?:is at|is on|runs|uses|needs|requires) version {a}', ({ s = '' }) => [
    attributeQuestion('version', s),
  ]),
  pattern('we decided (?:to|that) {a}', () => ['What did we decide?']),
  pattern(`{s} (?<x>is|are|was|were) (?<v>${MADE_BY}) by {a}`, ({ s = '', v = '', x = '' }) =>
    byQuestions(s, v, x),
  ),
  pattern(
    `{s} (?:is|are|was|were) (?<v>${DATED}) (?:in|on|at) (?<a>(?:[A-Z][a-z]+ )?\\d[\\w.-]*(?: \\w+)?|v\\d\\S*|version \\S+)`,
    ({ s = '', v = '' }) => [`When was ${s} ${v}?`],
  ),
  pattern(
    `{s} (?<x>is|are|was|were) (?<v>${PLACED}) (?:in|at|on|under|by) {a}`,
    ({ s = '', v = '', x = '' }) => [`Where ${x} ${s} ${v}?`],
  ),
  pattern('{s} can be found (?:in|at|on|under) {a}', ({ s = '' }) => [`Where can ${s} be found?`]),
  pattern('{s} (?:lives|resides|sits|goes) (?:in|at|on|under) {a}', ({ s = '' }) => [`Where is ${s}?`]),
  pattern('{s} (?:live|reside|sit|go) (?:in|at|on|under) {a}', ({ s = '' }) => [`Where are ${s}?`]),
  pattern(
    '{s} (?<v>starts|begins|ends|happens|takes place|closes|opens|runs) (?:on|at|every) {a}',
    ({ s = '', v = '' }) => [`When does ${s} ${v === 'takes place' ? 'take place' : baseForm(v)}?`],
  ),
  pattern(
    `{s} (?<v>has|contains|supports|allows|needs|requires|accepts|keeps|holds|employs|takes|sends|stores) (?<a>${NUMBER}) (?<n>[\\w-]+(?: [\\w-]+){0,2})`,
    ({ s = '', v = '', n = '' }) =>
      /^(?:ms|milliseconds?|s|sec|seconds?|minutes?|hours?|days?|[kmgt]i?b)\b/i.test(n)
        ? [`How long does ${s} ${v === 'takes' ? 'take' : baseForm(v)}?`]
        : [`How many ${n} does ${s} ${baseForm(v)}?`],
  ),
  pattern(
    `there (?:is|are) (?<a>${NUMBER}) (?<n>[\\w-]+(?: [\\w-]+)?) (?:in|at|on|for) {s}`,
    ({ s = '', n = '' }) => [`How many ${n} are in ${s}?`],
  ),
  pattern(`{s} has an? ${ROLES} of {a}`, ({ s = '', r = '' }) => [attributeQuestion(r, s)]),
  pattern(`{s} uses {a} (?:as (?:its|the|a|an)|for(?: its| the)?) ${ROLES}`, ({ s = '', r = '' }) => [
    attributeQuestion(r, s),
  ]),
  pattern(`(?:the|our) ${ROLES} (?:of|for) {s} (?<x>is|are|was|were) {a}`, (groups) =>
    roleQuestions(groups, groups.x),
  ),
  pattern(`{s}['’]s? ${ROLES} (?<x>is|are|was|were) {a}`, (groups) => roleQuestions(groups, groups.x)),
  pattern(`(?!an? ){a} (?<x>is|are|was|were) (?:the|an?|our) ${ROLES} (?:of|at|for) {s}`, (groups) =>
    roleQuestions(groups, groups.x),
  ),
  pattern(`{a} (?<x>is|was) {s}['’]s? ${ROLES}`, (groups) => roleQuestions(groups, groups.x)),
  pattern(
    '{a} (?<v>owns|maintains|leads|manages|founded|created|wrote|designed|built|invented|reviews|approves|runs) {s}',
    ({ s = '', v = '' }) => [`Who ${v} ${s}?`],
  ),
  pattern('{s} depends on {a}', ({ s = '' }) => [`What does ${s} depend on?`]),
  pattern(
    '{s} (?<v>stores|writes|saves|logs|keeps) (?<n>its [\\w-]+|[\\w-]+) (?:in|to|at) {a}',
    ({ s = '', v = '', n = '' }) => [`Where does ${s} ${baseForm(v)} ${n}?`],
  ),
  pattern(
    '{s} (?<v>defaults|points|belongs|connects|refers|maps|redirects|writes|logs|resolves|reports|publishes|subscribes|listens|goes) (?<n>to|at|on) {a}',
    ({ s = '', v = '', n = '' }) => [`What does ${s} ${baseForm(v)} ${n}?`],
  ),
  pattern(
    '{s} (?<v>requires|needs|uses|reads|returns|supports|throws|sends|expects|accepts|exports|imports|runs|calls|contains|provides|produces|emits|means|loads|handles|creates|includes|has|takes) {a}',
    ({ s = '', v = '' }) => [`What does ${s} ${baseForm(v)}?`],
  ),
  pattern('{s} stands for {a}', ({ s = '' }) => [`What does ${s} stand for?`]),
  pattern(
    '{s} (?<v>must not|must|should not|should|can not|cannot|can|may not|may|shall) {a}',
    ({ s = '', v = '' }) => [modalQuestion(s, v)],
  ),
  pattern('{s} (?<x>is|are|was|were) {a}', ({ s = '', x = '' }) => [`What ${x} ${s}?`]),
];

/** Pronouns and the like: as a subject they say nothing outside their context. */
const VAGUE = /^(?:it|this|that|these|those|they|he|she|we|you|i|there|here|which|what|if|when|because)\b/i;

/** What one sentence answers, by the first form that fits it. */
export function candidateOf(sentence: string): Candidate | undefined {
  const text = sentence.replace(/[.!;,:\s]+$/, '');
  for (const { form, ask } of PATTERNS) {
    const groups = form.exec(text)?.groups;
    if (!groups || VAGUE.test(groups.s ?? '')) continue;
    const answer = (groups.a ?? '').trim();
    if (answer === '' || VAGUE.test(answer)) continue;
    const asked = ask({ ...groups, s: lowerThe(groups.s ?? '') });
    return { questions: [...new Set(asked.map(sentenceCase))], answer };
  }
  return undefined;
}

function byQuestions(subject: string, participle: string, auxiliary: string): string[] {
  const verbs: Readonly<Record<string, [string, string]>> = {
    owned: ['owns', 'owner'],
    maintained: ['maintains', 'maintainer'],
    led: ['leads', 'lead'],
    managed: ['manages', 'manager'],
    founded: ['founded', 'founder'],
  };
  const known = verbs[participle.toLowerCase()];
  if (!known) return [`By whom ${auxiliary} ${subject} ${participle}?`];
  return [`Who ${known[0]} ${subject}?`, `${whoOrWhat(known[1])} is the ${known[1]} of ${subject}?`];
}

function modalQuestion(subject: string, modal: string): string {
  const [verb = '', not] = modal.toLowerCase().replace('cannot', 'can not').split(' ');
  return `What ${verb} ${subject} ${not === undefined ? '' : 'not '}do?`;
}
