import { z } from 'zod';
import type { Dataset } from '../data';

/** A record of the ZsRE evaluation file of MEND and ROME, `zsre_mend_eval.json`; other fields are ignored. */
export const Zsre = z.object({
  subject: z.string(),
  src: z.string(),
  answers: z.tuple([z.string()], z.string()),
  rephrase: z.string(),
  /** A Natural Questions question that has nothing to do with the fact. */
  loc: z.string(),
  loc_ans: z.string(),
});
export type Zsre = z.infer<typeof Zsre>;

/**
 * Teaches `src` → the first of `answers`, as ROME does. The file has no statements, so question and
 * answer together are one.
 */
export function fromZsre(records: readonly Zsre[]): Dataset {
  return {
    items: records.map(({ src, answers: [answer, ...answers], rephrase }) => ({
      statement: `${src} ${answer}.`,
      question: src,
      paraphrase: rephrase,
      answer,
      answers,
    })),
    controls: records.map(({ loc, loc_ans }) => ({ question: asQuestion(loc), answer: loc_ans })),
  };
}

/** Without the mark that Natural Questions carry in this file, and with a question mark. */
function asQuestion(loc: string): string {
  const text = loc.replace(/^nq question:\s*/, '');
  return text.endsWith('?') ? text : `${text}?`;
}
