import type { SidecarClient } from '../client';
import { isCancellation, messageOf, UserError } from '../errors';
import { withDelayedProgress } from '../input/delayedProgress';
import { distinctOffers, offersOf, type Offer } from '../source/offers';
import type { Line } from '../source/selection';

/**
 * What each line says, and each cell of a table's row; a text that cannot be drafted is left out. If the user cancels,
 * what was found by then.
 * @throws UserError where the sidecar is gone; what the last failure was where nothing could be drafted
 */
export function draftLines(lines: readonly Line[], client: SidecarClient): Promise<Offer[]> {
  return withDelayedProgress('Looking for facts', async (token, report) => {
    const found: Offer[] = [];
    let problem: Error | undefined;
    for (const [n, line] of lines.entries()) {
      report({ message: `line ${n + 1} of ${lines.length}`, done: n / lines.length });
      try {
        found.push(...offersOf(line, await client.request('draft', { statement: line.statement }, token)));
      } catch (error) {
        if (isCancellation(error) && found.length > 0) break;
        if (error instanceof UserError || isCancellation(error)) throw error;
        problem = error instanceof Error ? error : new Error(messageOf(error));
      }
    }
    if (found.length === 0 && problem) throw problem;
    return distinctOffers(found);
  });
}
