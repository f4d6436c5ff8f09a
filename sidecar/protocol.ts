/**
 * The one list of messages between the extension host and the sidecar. Each message is a
 * namespace-like constant: its method, and the zod schemas of what it carries. Both sides parse
 * what they receive with these schemas.
 */
import { z } from 'zod';

/** Where a fact came from. Lines are zero-based, as in the editor. */
export const Source = z.object({
  /** Workspace-relative path with forward slashes, or an absolute URI outside the workspace. */
  file: z.string(),
  startLine: z.number().int().nonnegative(),
  endLine: z.number().int().nonnegative(),
  /** The highlighted text as it stood. */
  quote: z.string(),
  /** Sha256 of the quote, to notice that the source changed. */
  quoteHash: z.string(),
});
export type Source = z.infer<typeof Source>;

export const Scope = z.enum(['workspace', 'user']);
export type Scope = z.infer<typeof Scope>;

/** What a user teaches. */
export const Fact = z.object({
  id: z.string().min(1),
  statement: z.string().min(1),
  questions: z.array(z.string().min(1)).min(1),
  answer: z.string().min(1),
  source: Source.optional(),
  scope: Scope,
  enabled: z.boolean(),
  /** ISO 8601. */
  taughtAt: z.string(),
  /** Set by the sidecar: 1 when the fact held only at full significance of every position. */
  emphasis: z.number().int().nonnegative().optional(),
});
export type Fact = z.infer<typeof Fact>;

/** A fact as the list shows it: with what the current model holds of it. */
export const FactState = Fact.extend({
  /** Whether the current weight contains the fact; false when disabled, or when it could not be learned. */
  learned: z.boolean(),
  /** Why an enabled fact is not learned. */
  problem: z.string().optional(),
});
export type FactState = z.infer<typeof FactState>;

/** A file line that could not be read as a fact; the line itself is kept untouched. */
export const FactFileProblem = z.object({
  file: z.string(),
  line: z.number().int().positive(),
  message: z.string(),
});
export type FactFileProblem = z.infer<typeof FactFileProblem>;

/** What the extension tells the sidecar at start (LSP initializationOptions). */
export const InitializationOptions = z.object({
  modelDir: z.string(),
  /** The workspace's facts file; absent without a folder, or when the workspace is not trusted. */
  workspaceFacts: z.string().optional(),
  /** The user's own facts file. */
  userFacts: z.string().optional(),
  /** Folder for engrams; derived data, may be deleted at any time. */
  cacheDir: z.string(),
  rule: z.enum(['margin', 'hebbian']).default('margin'),
});
export type InitializationOptions = z.infer<typeof InitializationOptions>;

export const Status = z.object({
  health: z.enum(['starting', 'ok', 'warning', 'error']),
  message: z.string().optional(),
  model: z.string(),
  facts: z.number().int(),
  learned: z.number().int(),
  /** ONNX Runtime execution provider in use, e.g. "cpu". */
  executionProvider: z.string(),
  problems: z.array(FactFileProblem),
});
export type Status = z.infer<typeof Status>;

/** A draft for the input flow: what to ask, and what to expect. */
export const Draft = z.object({
  statement: z.string(),
  questions: z.array(z.string()),
  answer: z.string(),
  /** Whether the model proposed the answer, or it was cut from the statement. */
  from: z.enum(['model', 'statement']),
});
export type Draft = z.infer<typeof Draft>;

export const TeachPhase = z.enum(['instruct', 'update', 'consolidate', 'verify']);
export type TeachPhase = z.infer<typeof TeachPhase>;

/** How a teaching ended. A fact that was not learned is not kept. */
export const TeachReport = z.object({
  learned: z.boolean(),
  /** The stored fact; present when learned. */
  fact: FactState.optional(),
  /** What the model answered to each of the fact's questions after learning. */
  answers: z.array(z.object({ question: z.string(), answer: z.string(), recalled: z.boolean() })),
  /** Why it was not learned, and what to do, for the user. */
  reason: z.string().optional(),
  /** Other facts that were no longer recalled with this one added (then learned is false). */
  disturbed: z.array(z.string()),
  /** Control questions, taught to nobody, whose answers are now others than the untaught model's. */
  changedControls: z.array(z.string()).optional(),
  ms: z.number(),
});
export type TeachReport = z.infer<typeof TeachReport>;

/** A fact that fired in an answer. */
export const Fired = z.object({
  factId: z.string(),
  /** Share of the answer's firing that this fact contributed, 0 to 1. */
  strength: z.number(),
});
export type Fired = z.infer<typeof Fired>;

export const AskResult = z.object({
  answer: z.string(),
  abstained: z.boolean(),
  fired: z.array(Fired),
  tokens: z.number().int(),
  ms: z.number(),
});
export type AskResult = z.infer<typeof AskResult>;

/** Requests from the extension to the sidecar. */
export const Requests = {
  status: { method: 'quickfire/status', params: z.object({}), result: Status },
  /** Proposes questions and an answer for a statement; nothing is learned. */
  draft: { method: 'quickfire/draft', params: z.object({ statement: z.string() }), result: Draft },
  /** Teaches one fact as a transaction; progress comes as teachProgress notifications. */
  teach: {
    method: 'quickfire/teach',
    params: z.object({
      /** Chosen by the caller, names this teaching in teachProgress. */
      teachId: z.string(),
      statement: z.string(),
      questions: z.array(z.string()),
      answer: z.string(),
      source: Source.optional(),
      scope: Scope,
      /** The fact that this one replaces (edit); kept when the new one is not learned. */
      replaces: z.string().optional(),
    }),
    result: TeachReport,
  },
  /** Asks the model; tokens stream as askToken notifications. */
  ask: {
    method: 'quickfire/ask',
    params: z.object({ askId: z.string(), question: z.string(), untaught: z.boolean().default(false) }),
    result: AskResult,
  },
  listFacts: { method: 'quickfire/listFacts', params: z.object({}), result: z.array(FactState) },
  setFactEnabled: {
    method: 'quickfire/setFactEnabled',
    params: z.object({ id: z.string(), enabled: z.boolean() }),
    result: FactState,
  },
  /** Forgets exactly: the weight is refolded without them. Returns the facts, for undo. */
  forgetFacts: {
    method: 'quickfire/forgetFacts',
    params: z.object({ ids: z.array(z.string()) }),
    result: z.array(Fact),
  },
  /** Puts forgotten facts back (undo). */
  restoreFacts: {
    method: 'quickfire/restoreFacts',
    params: z.object({ facts: z.array(Fact) }),
    result: z.array(FactState),
  },
} as const;

/** Notifications from the sidecar to the extension. */
export const Notifications = {
  statusChanged: { method: 'quickfire/statusChanged', params: Status },
  factsChanged: { method: 'quickfire/factsChanged', params: z.array(FactState) },
  teachProgress: {
    method: 'quickfire/teachProgress',
    params: z.object({ teachId: z.string(), phase: TeachPhase, done: z.number(), total: z.number() }),
  },
  askToken: { method: 'quickfire/askToken', params: z.object({ askId: z.string(), text: z.string() }) },
} as const;
