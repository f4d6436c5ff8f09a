import { attributeQuestion, isNoun, plainQuestion } from './attributes';
import type { Candidate } from './candidate';

/** A directive of some tool: what its line looks like and what it says. Groups: s subject, a answer. */
interface Directive {
  form: RegExp;
  ask: (s: string, r: string) => string;
}

const VERSION = '[~^>=<v! ]*\\d+(?:\\.[\\w*]+)+[\\w.+-]*';

/** In order of preference. */
const DIRECTIVES: readonly Directive[] = [
  { form: /^uses:\s*(?<s>[\w./-]+)@(?<a>\S+)$/, ask: (s) => `Which version of ${s} is used?` },
  {
    form: /^FROM\s+(?:--\S+\s+)?(?:\S+\/)?(?<s>[\w.-]+):(?<a>[\w.-]+)/i,
    ask: (s) => `Which version of ${s} is the image built from?`,
  },
  {
    form: /^image:\s*["']?(?:\S+\/)?(?<s>[\w.-]+):(?<a>[\w.-]+)/,
    ask: (s) => `Which version of the image ${s} is used?`,
  },
  {
    form: /^(?<a>(?:[\d*/,-]+\s+){4}[\d*/,A-Za-z-]+)\s+(?:root\s+)?(?:\S+\/)?(?<s>[\w.-]+)/,
    ask: (s) => `When does ${s} run?`,
  },
  {
    form: /location\s+(?<s>\S+)\s*\{\s*proxy_pass\s+(?<a>[^;\s]+)/,
    ask: (s) => `Where are requests for ${s} passed to?`,
  },
  {
    form: new RegExp(
      `^["']?(?<s>@?[\\w./-]+)["']?\\s*(?::|=)\\s*\\{?\\s*(?:version\\s*[:=]\\s*)?["'](?<a>${VERSION})["']`,
    ),
    ask: (s) => `Which version of ${s} is required?`,
  },
  {
    form: new RegExp(`^(?<s>[A-Za-z][\\w.-]*)(?:\\[\\w+\\])?\\s*(?<a>[=~><!]=\\s*${VERSION})`),
    ask: (s) => `Which version of ${s} is required?`,
  },
  {
    form: new RegExp(`^\\w+\\s+["'](?<s>[\\w./:-]+?)(?:["'],\\s*["']|:)(?<a>${VERSION})["']`),
    ask: (s) => `Which version of ${s} is required?`,
  },
  {
    form: new RegExp(`^require\\s+(?<s>\\S+)\\s+(?<a>${VERSION})`),
    ask: (s) => `Which version of ${s} is required?`,
  },
  {
    form: /^(?:ALTER\b.*\bSET|SET(?:\s+(?:GLOBAL|SESSION|LOCAL))?)\s+(?<s>[\w.]+)\s*(?:=|TO\b)\s*["']?(?<a>[^"']+)["']?$/i,
    ask: (s) => `What is ${s} set to?`,
  },
  {
    form: /^<\w[\w:.-]*\s+(?:key|name|id)=["'](?<s>[^"']+)["']\s+(?:value|content)=["'](?<a>[^"']+)["']\s*\/?>/,
    ask: (s) => `What is ${s} set to?`,
  },
  {
    form: /^<(?<s>\w[\w:.-]*)\s+(?<r>[\w:.-]+)=["'](?<a>[^"']+)["']\s*\/?>/,
    ask: (s, r) => `What is ${r} of ${s} set to?`,
  },
  {
    form: /^<\w[\w:.-]*\s+(?:Include|name|id)=["'](?<s>[^"']+)["']\s+version=["'](?<a>[^"']+)["']\s*\/?>/i,
    ask: (s) => `Which version of ${s} is required?`,
  },
  { form: /^EXPOSE\s+(?<a>\d+(?:\/\w+)?)/, ask: () => 'Which port is exposed?' },
  { form: /^git config (?:--\w+ )?(?<s>[\w.]+) (?<a>\S.*)$/, ask: (s) => `What is ${s} set to?` },
  {
    form: /^\[(?<s>[^\]]+)\]\s*(?<r>[\w.-]+)\s*[=:]\s*["']?(?<a>[^"']+)["']?$/,
    ask: (s, r) => `What is ${r} of ${s.replace(/["']/g, '')} set to?`,
  },
  { form: /^(?<a>(?:\d{1,3}\.){3}\d{1,3})\s+(?<s>[\w.-]+)/, ask: (s) => `What is the address of ${s}?` },
  {
    form: /^(?<s>[\w.-]+?)\.?\s+(?:\d+\s+)?IN\s+(?<r>[A-Z]+)\s+(?<a>\S+)/,
    ask: (s, r) => `What is the ${r} record of ${s}?`,
  },
  {
    form: /^upstream\s+(?<s>\S+)\s*\{\s*server\s+(?<a>[^;\s]+)/,
    ask: (s) => `What is the server of the upstream ${s}?`,
  },
  {
    form: /^(?:\w+=)?(?:\S*\/)?(?<s>[\w.-]+)\s(?![:+?]?=\s)(?:.*\s)?--?(?<r>[a-z][\w-]+)[= ](?<a>[^\s-]\S*)$/,
    ask: (s, r) => flagQuestion(r, s),
  },
  {
    form: /^(?:\S*\/)?(?<s>[\w.-]+)\s(?:\S+\s)*?--(?<r>[a-z][\w-]+)=(?<a>\S+)\s/,
    ask: (s, r) => flagQuestion(r, s),
  },
];

/** Words before the name in a declaration. */
const DECLARATION =
  '(?:(?:export|alias|const|let|var|val|final|static|readonly|public|private|protected|internal|declare|default|set|setenv|setx|int|long|string|bool|boolean|float|double|auto|String|ENV|ARG|env|local|global|pub|mut|constexpr|unsigned|size_t|\\$env:)\\s+)*';
const NAME = '(?:\\$env:)?["\']?(?<s>@?[\\p{L}\\w$.[\\]/-]+)["\']?';
const TYPE = '(?:\\s*:\\s*\\w[\\w<>[\\]|&]*(?=\\s*=))?';
const ASSIGNMENTS: readonly RegExp[] = [
  /^#?\s*define\s+(?<s>\w+)\s+(?<a>\S.*)$/u,
  /^<(?<s>[\w:.-]+)(?:\s[^>]*)?>(?<a>[^<>]+)<\/\k<s>>$/u,
  /^-D(?<s>[\w.]+)=(?<a>\S+)$/u,
  new RegExp(`^${DECLARATION}${NAME}${TYPE}\\s*(?::=|\\?=|\\+=|=>|==?|<-)\\s*(?<a>[^=\\s].*)$`, 'u'),
  /^["'](?<s>[^"']+)["']\s*:\s*(?<a>\S.*)$/u,
  /^(?<s>[\p{L}_@$][\p{L}\p{N}_.$@/-]*):\s+(?<a>[^\s].*)$/u,
  /^(?<s>[\p{L}_][\p{L}\p{N}_.-]*):(?<a>[^\s/:].*)$/u,
  /^(?<s>--?[\w-]+)[=\s]\s*(?<a>\S+)$/u,
  /^(?:ENV|ARG|setenv)\s+(?<s>[A-Z]\w+)\s+(?<a>\S.*)$/u,
  /^(?<s>[a-z]+(?:_[a-z]+)+)\s+(?<a>\S+(?: \S+)?)$/,
  /^(?<s>[A-Z][A-Z0-9]*_[A-Z0-9_]+)\s+(?<a>\S+)$/u,
  /^(?<s>[A-Z]{3,}|[\p{Ll}]+\p{Lu}\p{L}*|\p{Lu}\p{Ll}+\p{Lu}\p{L}*|[a-z]+(?:[_:-][a-z]+)*)\s+(?<a>["'/\d]\S*)$/u,
];

/** What a line of configuration or code sets; `section` is the heading or key that it stands under. */
export function settingCandidate(line: string, section?: string): Candidate | undefined {
  const bare = line.replace(/[;,]+$/, '').trim();
  for (const { form, ask } of DIRECTIVES) {
    const groups = form.exec(bare)?.groups;
    if (groups) return { questions: [ask(groups.s ?? '', groups.r ?? '')], answer: (groups.a ?? '').trim() };
  }
  for (const form of ASSIGNMENTS) {
    const groups = form.exec(bare)?.groups;
    const key = groups?.s?.trim() ?? '';
    const value = groups?.a?.trim() ?? '';
    if (key === '' || value === '') continue;
    const inner = /^[{[]\s*(.*?)\s*[}\]]$/.exec(value)?.[1];
    const path = section === undefined ? key : `${key} of ${section}`;
    const nested =
      inner === undefined || value.startsWith('[')
        ? undefined
        : settingCandidate(inner.replace(/,\s.*$/, ''), path);
    if (nested) return nested;
    const answer = unquote(
      inner !== undefined && value.startsWith('[') && !inner.includes(',') ? inner : value,
    );
    if (/^[{[(|>]?$/.test(answer)) continue;
    const deeper = /^[\p{L}_][\w.-]*: \S/u.test(answer) ? settingCandidate(answer, path) : undefined;
    return deeper ?? { questions: settingQuestions(key, answer, section), answer };
  }
  return undefined;
}

function settingQuestions(key: string, value: string, section: string | undefined): string[] {
  if (section !== undefined) {
    const attribute = spaced(key);
    return [
      isNoun(attribute) && !/^(?:true|false|yes|no|on|off)$/i.test(value)
        ? attributeQuestion(attribute, section, value)
        : `What is ${key} set to in ${section}?`,
    ];
  }
  const dotted = /^(?<s>[\p{L}\w-]+)\.(?<r>[\p{L}\w-]+)$/u.exec(key)?.groups;
  if (dotted && isNoun(spaced(dotted.r ?? '')))
    return [attributeQuestion(spaced(dotted.r ?? ''), dotted.s ?? '', value)];
  return [plainQuestion(key, value)];
}

/** A key in words: maxUploadSize → max upload size. */
function spaced(key: string): string {
  return key
    .replace(/([\p{Ll}\d])(\p{Lu})(?=\p{Ll})/gu, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
    .replace(/_/g, ' ');
}

/** "gunicorn --workers 12" → what is --workers of gunicorn set to? */
function flagQuestion(flag: string, subject: string): string {
  return `What is --${flag} of ${subject} set to?`;
}

function unquote(value: string): string {
  return /^(["'`])(.*)\1$/.exec(value)?.[2] ?? value;
}
