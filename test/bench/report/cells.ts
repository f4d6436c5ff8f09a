import { percent } from '../../../sidecar/cli/table';
import { rate, wilson, type Count } from '../statistics';

/**
 * A rate with its 95 % Wilson interval, in percent; a dash where nothing was counted.
 * @param different how many different questions were counted, where each was asked several times: to ask again
 *   makes an estimate no surer. Defaults to all.
 */
export function withInterval(count: Count | undefined, different = count?.of): string {
  if (!count || !different || count.of === 0) return '–';
  const [low, high] = wilson({ yes: rate(count) * different, of: different }).map((bound) =>
    Math.round(bound * 100),
  );
  return `${percent(rate(count))} (${low ?? 0}–${high ?? 0})`;
}

/** A rate alone; a dash where nothing was counted. */
export function plain(count: Count | undefined): string {
  return !count || count.of === 0 ? '–' : percent(rate(count));
}

/** One rate as a share of another; a dash where there is nothing to compare. */
export function ratio(count: Count | undefined, bound: Count | undefined): string {
  return !count || !bound || rate(bound) === 0 ? '–' : percent(rate(count) / rate(bound));
}
