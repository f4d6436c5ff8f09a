import { percent } from '../../../sidecar/cli/table';
import { rate, wilson, type Count } from '../statistics';

/** A rate with its 95 % Wilson interval, in percent; a dash where nothing was counted. */
export function withInterval(count: Count | undefined): string {
  if (!count || count.of === 0) return '–';
  const [low, high] = wilson(count).map((bound) => Math.round(bound * 100));
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
