/** Messages between the extension and the page of a fact's details. Both import this; it imports no vscode. */
import * as z from 'zod';
import type { FiringPicture } from '../../sidecar/protocol';
import type { Condition } from '../views/factCondition';

/** A fact in the words of the page. */
export interface FactView {
  readonly id: string;
  readonly questions: readonly string[];
  readonly answer: string;
  readonly statement: string;
  readonly condition: Condition;
  readonly conditionText: string;
  /** "notes.md:3"; absent when the fact was not taught from a file. */
  readonly location?: string;
  /** When it was taught, and where it is kept. */
  readonly origin: string;
}

export type ToPage =
  | { readonly type: 'fact'; readonly fact: FactView }
  /** The picture of a fact that the page was told of. */
  | { readonly type: 'firing'; readonly firing: FiringPicture }
  /** That picture cannot be had; `reason` says why. */
  | { readonly type: 'noFiring'; readonly factId: string; readonly reason: string }
  /** The fact is not in the list; `text` says why. */
  | { readonly type: 'gone'; readonly text: string };

/** What can be pressed in the page. */
export const FactAction = z.enum(['openSource', 'ask', 'edit', 'enable', 'disable', 'forget']);
export type FactAction = z.infer<typeof FactAction>;

/** What the page may ask of the extension; parsed on arrival. */
export const FromPage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('act'), action: FactAction, factId: z.string() }),
]);
export type FromPage = z.infer<typeof FromPage>;

/** What the page keeps, so that a window that starts anew can show the fact again. */
export const Kept = z.object({ factId: z.string() });
export type Kept = z.infer<typeof Kept>;
