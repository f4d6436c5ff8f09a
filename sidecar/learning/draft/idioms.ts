import type { Candidate } from './candidate';
import { rawText, type Token } from './tokens';
import { asMine, lowerThe } from './questions';

/** A turn of phrase whose question does not follow from its grammar. */
interface Idiom {
  form: RegExp;
  /** The questions, of what the groups `s` and `v` have. */
  ask: (s: string, v: string) => string[];
}

const INSTEAD = (s: string): string[] => [`What should I use instead of ${s}?`, `What replaces ${s}?`];
const AUX = '(?:is|are|was|were|has been|have been)';

/** In order of preference. Groups: a answer, s what the question is about, v another word. */
const IDIOMS: readonly Idiom[] = [
  {
    form: /^there (?:is|are) (?:only |about |exactly |at most |up to )?(?<a>\d\S*|one|two|three|four|five|six|seven|eight|nine|ten|twelve) (?<v>.+?) (?<s>(?:in|at|on|for|per|to|of) .+)$/,
    ask: (s, v) => [`How many ${v} are ${/^(?:to|of|for) /.test(s) ? 'there ' : ''}${s}?`],
  },
  {
    form: /^returns? .+?,? or (?<a>.+?),? (?<s>(?:if|when|at|on) .+)$/,
    ask: (s) => [`What is returned ${s}?`],
  },
  { form: /^replace (?<s>.+?) (?:with|by) (?<a>.+)$/, ask: (s) => [`What should replace ${s}?`] },
  { form: /^(?:please )?(?:ask|contact|ping) (?<a>\S+)$/, ask: () => ['Who should I ask?'] },
  {
    form: /^(?:please )?(?:always )?use (?<a>.+?) (?:instead of|rather than|in place of) (?<s>.+)$/,
    ask: INSTEAD,
  },
  { form: /^prefer (?<a>.+?) (?:over|to) (?<s>.+)$/, ask: (s) => [`What should I prefer over ${s}?`] },
  {
    form: /^(?:do not|don't|never) use (?<s>.+?)(?: ?[,;:—–])? (?:but )?use (?<a>.+?)(?: instead)?\.?$/,
    ask: INSTEAD,
  },
  {
    form: new RegExp(`^(?<s>.+?) ${AUX} deprecated,? (?:please )?use (?<a>.+?)(?: instead)?$`),
    ask: INSTEAD,
  },
  {
    form: new RegExp(
      `^(?<s>.+?) ${AUX} (?:deprecated in favou?r of|superseded by) (?<a>.+?)(?: (?:in|on|since|as of) .+)?$`,
    ),
    ask: INSTEAD,
  },
  {
    form: new RegExp(`^(?<s>.+?) ${AUX} renamed (?:to|as) (?<a>.+)$`),
    ask: (s) => [`What is the new name of ${s}?`],
  },
  {
    form: /^(?:please )?(?:ask|contact|ping|email|call|talk to|speak to) (?<a>.+?) (?<s>(?:for|about|before|if|when|to) .+)$/,
    ask: (s) => [`Who should I ask ${s}?`],
  },
  {
    form: /^(?<s>\S+).* (?:\(default:? |default: )(?<a>[^\s)]+)\)?$/,
    ask: (s) => [`What is the default of ${s}?`],
  },
  { form: /^(?<s>.+?) (?:is short for|stands for) (?<a>.+)$/, ask: (s) => [`What does ${s} stand for?`] },
  { form: /^(?:please )?see (?<a>\S+) for (?<s>.+)$/, ask: (s) => [`Where should I look for ${s}?`] },
  { form: /^(?:for (?<s>.+?),? )see (?<a>\S+)$/, ask: (s) => [`Where should I look for ${s}?`] },
  { form: /^(?<a>.+?) (?:is|are) on[- ]call for (?<s>.+)$/, ask: (s) => [`Who is on call for ${s}?`] },
  { form: /^on[- ]call for (?<s>.+?) (?:is|are) (?<a>.+)$/, ask: (s) => [`Who is on call for ${s}?`] },
  {
    form: /^(?<s>.+?) (?<v>is|are) written in (?<a>[\p{Lu}][\p{L}+#]*)(?: .*)?$/u,
    ask: (s, v) => [`What language ${v} ${s} written in?`],
  },
  {
    form: /^(?<v>\p{L}+ed) by (?<a>.+?), (?<s>.+?) (?:is|are|was) .+$/u,
    ask: (s, v) => [`Who is ${s} ${v.toLowerCase()} by?`],
  },
  {
    form: /^(?<s>.+?),? currently (?<a>\d\S*)$/,
    ask: (s) => [`What is ${s.replace(/ (?:is|are|must|should|can|may) .*$/, '')} currently?`],
  },
];

/** What an idiom answers, if the clause is one. */
export function idiomOf(list: readonly Token[]): Candidate | undefined {
  const raw = rawText(list);
  for (const { form, ask } of IDIOMS) {
    const groups = new RegExp(form.source, 'iu').exec(raw)?.groups;
    if (!groups) continue;
    const plain = (text = ''): string => lowerThe(text.replace(/"([^"]*)"/g, '$1'));
    const answer = (groups.a ?? '').replace(/^"([^"]*)"$/, '$1');
    return {
      questions: ask(plain(groups.s), plain(groups.v)).map(asMine),
      answer,
    };
  }
  return undefined;
}
