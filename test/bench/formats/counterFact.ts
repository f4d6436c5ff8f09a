import { z } from 'zod';
import type { Dataset } from '../data';

/** A record of ROME's `counterfact.json`; other fields are ignored. */
export const CounterFact = z.object({
  requested_rewrite: z.object({
    /** The start of a sentence that the object completes, with {} for the subject. */
    prompt: z.string(),
    subject: z.string(),
    target_new: z.object({ str: z.string() }),
    target_true: z.object({ str: z.string() }),
  }),
  paraphrase_prompts: z.array(z.string()),
  neighborhood_prompts: z.array(z.string()),
});
export type CounterFact = z.infer<typeof CounterFact>;

/**
 * Teaches the new object of each rewrite; the sentence is the statement, its start the question. The
 * neighbourhood prompts, other subjects with the old object, must not change: one is a fact's
 * neighbour, the others are controls.
 */
export function fromCounterFact(records: readonly CounterFact[]): Dataset {
  return {
    items: records.map(({ requested_rewrite, paraphrase_prompts, neighborhood_prompts }) => {
      const question = requested_rewrite.prompt.replace('{}', () => requested_rewrite.subject);
      const answer = requested_rewrite.target_new.str;
      return {
        statement: `${question} ${answer}.`,
        question,
        paraphrase: paraphrase_prompts[0],
        answer,
        neighbour: neighborhood_prompts[0],
      };
    }),
    controls: records.flatMap(({ requested_rewrite, neighborhood_prompts }) =>
      neighborhood_prompts
        .slice(1)
        .map((question) => ({ question, answer: requested_rewrite.target_true.str })),
    ),
  };
}
