/** The rows that the parts write, as the results keep them and the report reads them. */
import type { Measure } from '../measure';
import type { Count } from '../statistics';

/** What one system did with one number of facts, over all draws. */
export interface LearningRow {
  key: string;
  system: string;
  facts: number;
  draws: number;
  /** Most facts that one draw could hold, where that is less than all. */
  held?: number;
  measures: Partial<Record<Measure, Count>>;
}

/** What became of facts taught one after another, by real transactions, over all orders. */
export interface RetentionRow {
  key: string;
  /** Whether the memory was consolidated after each cohort, as an idle sidecar does, or never. */
  consolidated: boolean;
  facts: number;
  /** Facts of one cohort; the last one may have fewer. */
  cohort: number;
  /** R[i][t]: facts of cohort i recalled after cohort t was taught, for t ≥ i. */
  retention: Count[][];
  /** Mean over cohorts of the best recall it ever had less its recall at the end. */
  forgetting: number;
  /** Facts whose teaching was refused or rolled back; they count as not recalled. */
  refused: Count;
  /** Milliseconds of a teaching, by cohort. */
  teachMs: { p50: number; p95: number }[];
}

/** Whether weights are equal bit for bit, at T facts, over all draws. */
export interface ExactnessRow {
  key: string;
  facts: number;
  consolidated: boolean;
  /** Taught in the reverse order, in ten steps: the same weight. */
  order: Count;
  /** Half forgotten again: the weight of never having been taught them. */
  deletion: Count;
}

/** What learning costs at T facts, in milliseconds and bytes. */
export interface CostRow {
  key: string;
  facts: number;
  /** Teaching the T-th fact, as a user does: recorded, written, verified. */
  teachP50: number;
  teachP95: number;
  teachings: number;
  /** Folding T facts whose engrams are at hand. */
  foldMs: number;
  /** Replay of T facts, with its verification. */
  consolidateMs: number;
  /** Engram file of a fact, on the average. */
  bytesPerFact: number;
}

export type FreeTextMeasure =
  'draft' | 'suggested' | 'inPrompt' | 'recall' | 'paraphraseInPrompt' | 'paraphrase';

/** What came of one kind of free text, or of all. */
export interface FreeTextRow {
  key: string;
  kind: string;
  facts: number;
  measures: Partial<Record<FreeTextMeasure, Count>>;
}

/**
 * - recall, paraphrase: a taught question is answered rightly.
 * - unchanged: the same question of an untaught thing has the untaught model's answer; unchangedParaphrase: in other words.
 * - abstentionLost: of those that the untaught model abstains from, one that gets an answer.
 */
export type AlikeMeasure = 'recall' | 'paraphrase' | 'unchanged' | 'unchangedParaphrase' | 'abstentionLost';

/** What came of things of one sort, so many of which were taught. */
export interface AlikeRow {
  key: string;
  things: number;
  /** Facts that were taught together. */
  facts: number;
  measures: Partial<Record<AlikeMeasure, Count>>;
}
