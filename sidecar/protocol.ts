/**
 * The one list of messages between the extension host and the sidecar. Each message is a
 * namespace-like constant: its method, and the zod schemas of what it carries. Both sides parse
 * what they receive with these schemas.
 */
import * as z from 'zod';
import { PROVIDER_CHOICES } from './engine/providers';

/** Where a fact came from. */
export const Source = z.object({
  /** Path from the folder that has the facts, with forward slashes; of what is outside the workspace, the URI. */
  file: z.string(),
  /** Zero-based, as in the editor. */
  startLine: z.number().int().nonnegative(),
  /** The highlighted text as it stood. */
  quote: z.string(),
});
export type Source = z.infer<typeof Source>;

export const Scope = z.enum(['workspace', 'user']);
export type Scope = z.infer<typeof Scope>;

const Text = z.string().regex(/\S/, 'is blank');

/** What a user teaches. */
export const Fact = z.object({
  id: z.string().min(1),
  statement: Text,
  questions: z.array(Text).min(1),
  answer: Text,
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
  /** Whether a learned one did not give its answer when last asked. */
  forgotten: z.boolean().optional(),
  /** Why an enabled fact is not learned. */
  problem: z.string().optional(),
});
export type FactState = z.infer<typeof FactState>;

/** A line of a facts file that is ignored, and kept untouched; or the whole file, which cannot be read. */
export const FactFileProblem = z.object({
  file: z.string(),
  /** Absent where it is the whole file. */
  line: z.number().int().positive().optional(),
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
  /** What computes the model. */
  executionProvider: z.enum(PROVIDER_CHOICES).default('auto'),
  /** Milliseconds without a request after which a consolidation that is due begins by itself; 0: never. */
  idleConsolidationMs: z.number().int().nonnegative().default(20_000),
});
export type InitializationOptions = z.infer<typeof InitializationOptions>;

export const Status = z.object({
  health: z.enum(['starting', 'ok', 'warning', 'error']),
  message: z.string().optional(),
  model: z.string(),
  facts: z.number().int(),
  learned: z.number().int(),
  /** Facts that are not to be learned. */
  disabled: z.number().int(),
  /** ONNX Runtime execution provider in use, e.g. "cpu". */
  executionProvider: z.string(),
  /** Which execution providers are not used though they are there or were wished, and why; a line each. */
  providerProblems: z.array(z.string()),
  problems: z.array(FactFileProblem),
});
export type Status = z.infer<typeof Status>;

/** A draft for the input flow: what to ask, and what to expect. */
export const Draft = z.object({
  statement: z.string(),
  questions: z.array(z.string()),
  answer: z.string(),
  /** Whether the model proposed the answer, or it was cut from the statement, or is all of it for want of a known form. */
  from: z.enum(['model', 'statement', 'fallback']),
  /** What else the text could be asked, best first: at most 4, each with another answer; of a table's row each cell. */
  others: z.array(z.object({ questions: z.array(z.string()), answer: z.string() })),
});
export type Draft = z.infer<typeof Draft>;

export const TeachPhase = z.enum(['instruct', 'update', 'consolidate', 'verify']);
export type TeachPhase = z.infer<typeof TeachPhase>;

/** How a teaching ended. A fact that was not learned is not kept. */
export const TeachReport = z.object({
  learned: z.boolean(),
  /** The fact that answers one of the questions differently: teach again with `supersedes` to replace it. */
  conflict: z
    .object({
      factId: z.string(),
      question: z.string(),
      statement: z.string(),
      answer: z.string(),
      scope: Scope,
      /** Whether it was taught with other questions only: teach again without `askFirst` to keep both. */
      inOtherWords: z.boolean(),
    })
    .optional(),
  /** The stored fact; present when learned. */
  fact: FactState.optional(),
  /** The fact in the same words that it took the place of. */
  before: Fact.optional(),
  /** What the model answered to each of the fact's questions after learning. */
  answers: z.array(z.object({ question: z.string(), answer: z.string(), recalled: z.boolean() })),
  /** Why it was not learned, and what to do, for the user. */
  reason: z.string().optional(),
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
  /** Of an abstention the taught questions that are nearest to what was asked, nearest first; at most 3. */
  similar: z.array(z.string()),
  ms: z.number(),
});
export type AskResult = z.infer<typeof AskResult>;

/** How well a fact is held: the share of the layer's neurons that fire as wanted at its weakest position, 0 to 1. */
export const Hold = z.object({ factId: z.string(), hold: z.number() });
export type Hold = z.infer<typeof Hold>;

/** What the memory holds and how well. */
export const MemoryState = z.object({
  /** Facts held. */
  facts: z.number().int(),
  /** Answer positions stored for them. */
  positions: z.number().int(),
  /** Share of the layer's expansion units that carry something, 0 to 1. */
  fill: z.number(),
  /** The last time that all facts were asked: how many gave their answer, and when (ISO 8601). */
  verified: z.object({ recalled: z.number().int(), asked: z.number().int(), at: z.string() }).optional(),
  /** Facts whose questions did not give the answer when last verified. */
  forgotten: z.array(z.string()),
  /** Facts by hold, weakest first; at most 20. */
  weakest: z.array(Hold),
  /** Whether replay has been through all that is held: "due" when not, "running" while it is, "undone" when it made recall worse, "none" with nothing to replay. */
  consolidation: z.enum(['none', 'due', 'running', 'done', 'undone']),
});
export type MemoryState = z.infer<typeof MemoryState>;

/** How a consolidation (replay of all facts) ended. */
export const ConsolidationReport = z.object({
  /** "kept"; "rolledBack" when fewer facts were recalled after than before; "stopped" by the user or by other work. */
  outcome: z.enum(['kept', 'rolledBack', 'stopped']),
  /** Facts that the new weight recalls, of those asked; absent when stopped. */
  recalledAfter: z.number().int().optional(),
  /** Facts that the old weight recalls; it is not asked where the new one recalls all. */
  recalledBefore: z.number().int().optional(),
  asked: z.number().int(),
  ms: z.number(),
});
export type ConsolidationReport = z.infer<typeof ConsolidationReport>;

/** The layer's firing at the first answer position of a fact's first question. */
export const FiringPicture = z.object({
  factId: z.string(),
  /** One value a neuron, 0 (silent) to 255 (firing), base64: as the model was before it learned anything ... */
  before: z.string(),
  /** ... with all that it has learned now ... */
  after: z.string(),
  /** ... and as the statement in the prompt made it fire, y*: the target. */
  target: z.string(),
});
export type FiringPicture = z.infer<typeof FiringPicture>;

/** What was written as a LoRA adapter. */
export const LoraExport = z.object({
  /** Where adapter_config.json and adapter_model.safetensors are. */
  folder: z.string(),
  /** The module of the Hugging Face model that the adapter is for. */
  module: z.string(),
  rank: z.number().int(),
  /** Positions that were written for facts and controls. */
  positions: z.number().int(),
  /** Facts that it holds. */
  facts: z.number().int(),
  /** What limits the use of an adapter of this rank. */
  note: z.string().optional(),
});
export type LoraExport = z.infer<typeof LoraExport>;

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
      /** Contradicted facts that this one takes the place of: disabled, not deleted, once the new one is learned. */
      supersedes: z.array(z.string()).default([]),
      /** Asks the questions first, and reports as a conflict what answers one otherwise though it was taught with others. */
      askFirst: z.boolean().optional(),
    }),
    result: TeachReport,
  },
  /** Asks the model; tokens stream as askToken notifications. Where facts must be learned or consolidated first, askWaits says so. */
  ask: {
    method: 'quickfire/ask',
    params: z.object({ askId: z.string(), question: z.string(), untaught: z.boolean().default(false) }),
    result: AskResult,
  },
  listFacts: { method: 'quickfire/listFacts', params: z.object({}), result: z.array(FactState) },
  setFactsEnabled: {
    method: 'quickfire/setFactsEnabled',
    params: z.object({ ids: z.array(z.string()), enabled: z.boolean() }),
    result: z.array(FactState),
  },
  /** Forgets exactly: the weight is refolded without them. Returns the facts, for undo. */
  forgetFacts: {
    method: 'quickfire/forgetFacts',
    params: z.object({ ids: z.array(z.string()) }),
    result: z.array(Fact),
  },
  /** Puts forgotten facts back (undo); disabled where one that was taught since answers differently. */
  restoreFacts: {
    method: 'quickfire/restoreFacts',
    params: z.object({ facts: z.array(Fact) }),
    result: z.array(FactState),
  },
  memory: { method: 'quickfire/memory', params: z.object({}), result: MemoryState },
  /** Replays all facts until each holds, verifies, and keeps the better weight. Cancel it by the request's token or stopConsolidation. */
  consolidate: { method: 'quickfire/consolidate', params: z.object({}), result: ConsolidationReport },
  /** Stops a consolidation, also one that the sidecar began by itself when idle; nothing is lost. */
  stopConsolidation: { method: 'quickfire/stopConsolidation', params: z.object({}), result: z.object({}) },
  /** Writes what was learned as a LoRA adapter for the model's Hugging Face directory, in place of one that is there. */
  exportLora: {
    method: 'quickfire/exportLora',
    params: z.object({ folder: z.string().min(1) }),
    result: LoraExport,
  },
  firing: { method: 'quickfire/firing', params: z.object({ factId: z.string() }), result: FiringPicture },
} as const;

/** Notifications from the sidecar to the extension. */
export const Notifications = {
  statusChanged: { method: 'quickfire/statusChanged', params: Status },
  factsChanged: { method: 'quickfire/factsChanged', params: z.array(FactState) },
  teachProgress: {
    method: 'quickfire/teachProgress',
    params: z.object({ teachId: z.string(), phase: TeachPhase, done: z.number(), total: z.number() }),
  },
  /** A consolidation goes on: replay, then verification. Begins with done 0, ends with done = total. */
  consolidationProgress: {
    method: 'quickfire/consolidationProgress',
    params: z.object({ phase: z.enum(['record', 'replay', 'verify']), done: z.number(), total: z.number() }),
  },
  /** Facts of the files are being learned. Ends with done = total. */
  learningProgress: {
    method: 'quickfire/learningProgress',
    params: z.object({ done: z.number().int(), total: z.number().int() }),
  },
  /** Sent when any of it changes. */
  memoryChanged: { method: 'quickfire/memoryChanged', params: MemoryState },
  askWaits: { method: 'quickfire/askWaits', params: z.object({ askId: z.string() }) },
  askToken: { method: 'quickfire/askToken', params: z.object({ askId: z.string(), text: z.string() }) },
} as const;
