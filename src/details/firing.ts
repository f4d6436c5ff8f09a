/** Reads the picture of a layer's firing. Both extension and page import this; it imports no vscode. */
import type { FiringPicture } from '../../sidecar/protocol';

/** From this value on, of 255, a neuron fires. */
const THRESHOLD = 128;

/** Whether a neuron fires otherwise than before. */
export type Change = 'same' | 'began' | 'fell';

/** One value a neuron, 0 (silent) to 255 (firing). */
export interface Firing {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly target: Uint8Array;
}

export function decodeFiring({ before, after, target }: FiringPicture): Firing {
  return { before: decode(before), after: decode(after), target: decode(target) };
}

function decode(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

export function changeOf(before: number, value: number): Change {
  const fires = value >= THRESHOLD;
  if (fires === before >= THRESHOLD) return 'same';
  return fires ? 'began' : 'fell';
}

/** What the pictures say in numbers. */
export interface FiringSummary {
  readonly neurons: number;
  /** Neurons that fire otherwise than in the untaught model. */
  readonly changed: number;
  /** Percent of the neurons that are as the target wants, in the untaught model and now; rounded down. */
  readonly reachedBefore: number;
  readonly reached: number;
}

export function summarize({ before, after, target }: Firing): FiringSummary {
  const neurons = before.length;
  const changed = neurons - agreeing(before, after);
  const percent = (values: Uint8Array): number => Math.floor((100 * agreeing(values, target)) / neurons);
  return { neurons, changed, reachedBefore: percent(before), reached: percent(after) };
}

/** How many neurons fire, or do not, alike in both. */
function agreeing(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((count, value, neuron) => count + Number(changeOf(b[neuron] ?? 0, value) === 'same'), 0);
}

/** The summary in one line. */
export function summaryText({ neurons, changed, reachedBefore, reached }: FiringSummary): string {
  return `${changed} of ${neurons} neurons fire differently; ${reached} % match the target (${reachedBefore} % before).`;
}
