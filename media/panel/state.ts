/** What the panel shows and keeps over a hide or a reload: pure data and its transitions. */
import type { FiredFact, Side, ToPage } from '../../src/panel/messages';

/** One model's answer to a question. */
export interface Reply {
  readonly text: string;
  /** It waits until all facts are learned and consolidated, or streams, until it ends in one of the others. */
  readonly phase: 'waiting' | 'streaming' | 'answered' | 'stopped' | 'failed';
  readonly abstained: boolean;
  readonly fired: readonly FiredFact[];
  /** Taught questions that are near, where it abstained. */
  readonly similar: readonly string[];
  readonly ms: number;
}

export interface Entry {
  readonly id: string;
  readonly question: string;
  readonly taught: Reply;
  /** Present when the untaught model is asked beside. */
  readonly untaught?: Reply;
}

export interface PanelState {
  readonly compare: boolean;
  /** What stands in the question box. */
  readonly draft: string;
  /** Newest first. */
  readonly entries: readonly Entry[];
}

export const MAX_ENTRIES = 8;

export const EMPTY: PanelState = { compare: false, draft: '', entries: [] };

const BEGUN: Reply = { text: '', phase: 'streaming', abstained: false, fired: [], similar: [], ms: 0 };

/** The state after a message from the extension. */
export function reduce(state: PanelState, message: ToPage): PanelState {
  switch (message.type) {
    case 'begin': {
      const { id, question } = message;
      const entry = { id, question, taught: BEGUN, ...(message.compare ? { untaught: BEGUN } : {}) };
      const draft = state.draft.trim() === question ? '' : state.draft;
      return { ...state, draft, entries: [entry, ...state.entries].slice(0, MAX_ENTRIES) };
    }
    case 'waits':
      return withReply(state, message.id, message.side, (reply) => ({ ...reply, phase: 'waiting' }));
    case 'token':
      return withReply(state, message.id, message.side, (reply) => ({
        ...reply,
        phase: 'streaming',
        text: reply.text + message.text,
      }));
    case 'answer': {
      const { answer, abstained, fired, similar, ms } = message;
      return withReply(state, message.id, message.side, () => ({
        text: answer,
        phase: 'answered',
        abstained,
        fired,
        similar,
        ms,
      }));
    }
    case 'failed':
      return withReply(state, message.id, message.side, (reply) => ({
        ...reply,
        text: message.message,
        phase: 'failed',
      }));
    case 'stopped':
      return withReply(state, message.id, message.side, (reply) => ({ ...reply, phase: 'stopped' }));
    case 'focus':
    case 'hello':
      return state;
  }
}

/**
 * A kept state as it is shown again: what was streaming when the page went away was stopped, and what a page of an
 * earlier version did not keep yet is none.
 */
export function restore(kept: PanelState | undefined): PanelState {
  if (!kept) return EMPTY;
  const settle = (reply: Reply): Reply => ({
    ...BEGUN,
    ...reply,
    ...(isToCome(reply) && { phase: 'stopped' }),
  });
  const entries = kept.entries.map((entry) => ({
    ...entry,
    taught: settle(entry.taught),
    ...(entry.untaught ? { untaught: settle(entry.untaught) } : {}),
  }));
  return { ...kept, entries };
}

export function isStreaming({ taught, untaught }: Entry): boolean {
  return isToCome(taught) || (untaught !== undefined && isToCome(untaught));
}

function isToCome({ phase }: Reply): boolean {
  return phase === 'waiting' || phase === 'streaming';
}

function withReply(state: PanelState, id: string, side: Side, change: (reply: Reply) => Reply): PanelState {
  const entries = state.entries.map((entry) => {
    const reply = entry[side];
    return entry.id === id && reply ? { ...entry, [side]: change(reply) } : entry;
  });
  return { ...state, entries };
}
