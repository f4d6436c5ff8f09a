/** Messages between the extension and the Ask panel's page. Both import this; it imports no vscode. */
import * as z from 'zod';

/** A fact that fired, as the page shows it. */
export interface FiredFact {
  readonly factId: string;
  readonly answer: string;
  readonly question: string;
  /** "notes.md:3"; absent when the fact was not taught from a file. */
  readonly location?: string;
  /** 0 to 1. */
  readonly strength: number;
}

/** Which model answers: the one with what was taught, or the same one without. */
export type Side = 'taught' | 'untaught';

export type ToPage =
  | { readonly type: 'begin'; readonly id: string; readonly question: string; readonly compare: boolean }
  /** The answer waits for a consolidation. */
  | { readonly type: 'waits'; readonly id: string; readonly side: Side }
  | { readonly type: 'token'; readonly id: string; readonly side: Side; readonly text: string }
  | {
      readonly type: 'answer';
      readonly id: string;
      readonly side: Side;
      readonly answer: string;
      readonly abstained: boolean;
      readonly fired: readonly FiredFact[];
      /** Taught questions that are near, where it abstained. */
      readonly similar: readonly string[];
      readonly ms: number;
    }
  | { readonly type: 'failed'; readonly id: string; readonly side: Side; readonly message: string }
  | { readonly type: 'stopped'; readonly id: string; readonly side: Side }
  | { readonly type: 'focus' }
  /** Asks a page that was hidden whether it is still there: it answers `ready`. */
  | { readonly type: 'hello' };

/** What the page may ask of the extension; parsed on arrival. */
export const FromPage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), compare: z.boolean() }),
  z.object({ type: z.literal('compare'), compare: z.boolean() }),
  z.object({ type: z.literal('ask'), question: z.string().trim().min(1) }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('openSource'), factId: z.string() }),
]);
export type FromPage = z.infer<typeof FromPage>;
