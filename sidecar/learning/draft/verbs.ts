import type { Token } from './tokens';

/** Regular verbs that developers write facts with, in their base form. */
const REGULAR = `accept access act activate adapt add address adjust adopt aggregate agree aim allow analyse
 analyze announce answer appear append apply approve archive ask assign assume attach audit authenticate author
 avoid back backup balance base batch behave belong beware block book boot bound branch bridge buffer bundle bump survive inline backport toggle tune wire cache
 calculate call cap capture carry change charge check claim clean clear clone close coach collect color
 colour compare compile complete compress compute configure confirm connect consider consist consume contact contain
 contribute control convert coordinate copy correct count cover crash crawl create crop declare decode decide
 default defer define delay delete deliver demand depend deploy deprecate derive describe design detect
 develop differ disable discard dispatch display divide document download drain drop dump edit elect email
 embed emit employ enable encode encrypt end enforce enter escape escalate establish evaluate evict exceed
 exclude execute exit expand expect expire export expose extend extract fade fail fetch fill filter finish
 fire fit flag flush fold follow force fork format forward found freeze fund gather generate govern group
 guard guarantee halt handle happen head hire hash help hide host ignore implement import include increase index
 inform inherit insert inspect install intend invalidate invent invoice invoke isolate issue iterate join jump kill
 label lag land lapse last launch limit link list listen live load locate lock log look lower mail maintain manage map mark
 match matter maximize measure merge migrate mirror model monitor mount move multiply name need normalize
 notify observe obtain occupy offer omit open operate optimize order outgrow outlive overlap own pack package page
 panic parse partition pass patch pause perform permit pick pin ping place plan point poll populate port
 post postpone preload prefer prefix prepare present preserve prevent print process produce program promise promote
 propose protect prove provide proxy prune publish pull purge push query queue quote raise range rank reach react
 receive recommend recompute record recover redirect reduce refer reference refresh refuse regenerate
 register reject relay release reload rely remain remember remove rename render renew reorder repeat replace
 replicate reply report represent request require reserve reset reside resolve respect respond restart
 restore retain retire retry return reuse revalidate revert review rewrite roll rotate round route sample
 sanitize save scale scan schedule scrape search select separate serialize serve share ship shorten show
 shrink shuffle sign signal skip slow snapshot sort source span spawn specify sponsor stage stamp start stay steer
 stop store stream stretch strip submit subscribe succeed suffer suggest supersede supervise supply support
 suppress swallow switch sync synchronize tag talk target terminate test throttle tend tick time tolerate touch trace
 track train transfer transform translate travel treat triage trigger trim trust try turn update upgrade
 upload use validate vary verify version visit wait walk want warm warn watch weigh work wrap yield`;

/** Verbs whose past or participle is not formed with -ed: base, past, participle. */
const IRREGULAR = `be was been|beat beat beaten|become became become|begin began begun|bind bound bound|break broke broken|
 bring brought brought|build built built|burn burnt burnt|buy bought bought|catch caught caught|
 choose chose chosen|come came come|cost cost cost|cut cut cut|deal dealt dealt|do did done|draw drew drawn|
 drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|find found found|fly flew flown|
 forget forgot forgotten|get got got|give gave given|go went gone|grow grew grown|hang hung hung|
 have had had|hear heard heard|hide hid hidden|hit hit hit|hold held held|keep kept kept|know knew known|
 lay laid laid|lead led led|leave left left|let let let|lie lay lain|lose lost lost|make made made|mean meant meant|
 meet met met|override overrode overridden|overwrite overwrote overwritten|pay paid paid|put put put|
 read read read|ring rang rung|rewrite rewrote rewritten|run ran run|say said said|see saw seen|seek sought sought|
 sell sold sold|send sent sent|set set set|shut shut shut|sit sat sat|sleep slept slept|speak spoke spoken|
 spend spent spent|spin spun spun|split split split|stand stood stood|take took taken|teach taught taught|
 tell told told|think thought thought|throw threw thrown|understand understood understood|
 wake woke woken|win won won|write wrote written`;

/** Two-syllable verbs that double their last letter although they end like "visit" or "enter". */
const DOUBLED = /^(?:refer|defer|transfer|permit|omit|emit|submit|commit|admit|prefer|occur|begin|format)$/;

type Form = 'base' | 'third' | 'past' | 'participle';
interface Verb {
  base: string;
  third: string;
  past: string;
  participle: string;
}

const forms = new Map<string, [Verb, Set<Form>]>();
for (const base of words(REGULAR)) note(base, regularPast(base));
for (const entry of IRREGULAR.split('|')) note(...(words(entry) as [string, string, string]));

/** The verb that a word is a form of, if it is one that is known; `as` says in which form. */
export function verbOf(word: string, as?: Form): Verb | undefined {
  const [verb, found] = forms.get(word.toLowerCase()) ?? [];
  return as === undefined || found?.has(as) ? verb : undefined;
}

/** The verb that a word of a sentence is a form of, if it is known or was tagged as one. */
export function verbIn(token: Token | undefined, as: Form): Verb | undefined {
  if (token?.kind !== 'word') return undefined;
  const known = verbOf(token.text, as);
  if (known || !/^\p{Ll}+$/u.test(token.text)) return known;
  const form = as === 'participle' ? 'past' : as;
  if (token.form !== form || verbOf(token.text)) return undefined;
  return form === 'base'
    ? regular(token.text)
    : regular(form === 'third' ? baseForm(token.text) : baseOfPast(token.text));
}

/** The base form of a verb in the third person: listens → listen, retries → retry, caches → cache. */
export function baseForm(third: string): string {
  const known = verbOf(third, 'third');
  if (known) return known.base;
  const lower = third.toLowerCase();
  if (/[^aeiou]ies$/.test(lower)) return lower.replace(/ies$/, 'y');
  if (/(?:ss|sh|tch|x|zz)es$/.test(lower)) return lower.slice(0, -2);
  return lower.endsWith('s') && !lower.endsWith('ss') ? lower.slice(0, -1) : lower;
}

/** The base form of a regular past that is not known: paginated → paginate, swelled → swell. */
function baseOfPast(past: string): string {
  const stem = past.replace(/e?d$/, '');
  if (/[^aeiou]i$/.test(stem)) return stem.replace(/i$/, 'y');
  if (/([^aeiouls])\1$/.test(stem)) return stem.slice(0, -1);
  const isMute = /(?:[^aeiou][aeiou][^aeiouwxyn]|[cgvzu]|[^aeiou]l|[rnl]s)$/.test(stem);
  return isMute ? `${stem}e` : stem;
}

function regular(base: string): Verb {
  return { base, third: thirdPerson(base), past: regularPast(base), participle: regularPast(base) };
}

function note(base: string, past: string, participle = past): void {
  const verb = { base, third: thirdPerson(base), past, participle };
  for (const form of ['base', 'third', 'past', 'participle'] as const) {
    const [first, found] = forms.get(verb[form]) ?? [verb, new Set<Form>()];
    forms.set(verb[form], [first, found.add(form)]);
  }
}

function thirdPerson(base: string): string {
  const irregular: Readonly<Record<string, string>> = { have: 'has', be: 'is' };
  if (irregular[base] !== undefined) return irregular[base];
  if (/[^aeiou]y$/.test(base)) return base.replace(/y$/, 'ies');
  return /(?:s|sh|ch|x|z|o)$/.test(base) ? `${base}es` : `${base}s`;
}

function regularPast(base: string): string {
  if (base.endsWith('e')) return `${base}d`;
  if (/[^aeiou]y$/.test(base)) return base.replace(/y$/, 'ied');
  const doubles = /^[^aeiou]*[aeiou][^aeiouwxy]$/.test(base) || /^[^aeiou]*u?[aeiou]p$/.test(base);
  return doubles || DOUBLED.test(base) ? `${base}${base.slice(-1)}ed` : `${base}ed`;
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
