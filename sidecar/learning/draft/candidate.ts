/** Questions that a text answers, and the answer as it stands there. */
export interface Candidate {
  questions: string[];
  answer: string;
}

/** A candidate, and what is known of how it was found: the ranker chooses by such traits. */
export interface Proposal extends Candidate {
  traits: readonly string[];
}

/** A proposal with more traits. */
export function withTraits(proposal: Proposal, ...traits: string[]): Proposal {
  return { ...proposal, traits: [...proposal.traits, ...traits] };
}
