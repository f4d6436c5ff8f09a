/** Questions that a statement answers, and the answer as it stands there. */
export interface Candidate {
  questions: string[];
  answer: string;
}

/** A candidate, and how telling its answer is. */
export interface Scored extends Candidate {
  score: number;
}
