/** Finding a quote again in a text that has changed since. Offsets are UTF-16 code units. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

const REGEXP_SPECIAL = /[.*+?^${}()|[\]\\]/g;

/**
 * Finds the occurrence of `quote` that lies nearest to `near`. White space may differ (re-indented,
 * re-wrapped, other line endings).
 * @param near offset where the quote stood
 * @returns undefined when the text no longer has it
 */
export function findQuote(text: string, quote: string, near: number): Span | undefined {
  const words = quote.trim().split(/\s+/);
  if (words[0] === '') return undefined;
  const pattern = new RegExp(words.map((word) => word.replace(REGEXP_SPECIAL, '\\$&')).join('\\s+'), 'g');
  let best: Span | undefined;
  for (const match of text.matchAll(pattern)) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (best === undefined || Math.abs(span.start - near) < Math.abs(best.start - near)) best = span;
  }
  return best;
}
