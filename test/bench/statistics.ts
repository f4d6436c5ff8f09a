/** How often something held, of how often it was tried. */
export interface Count {
  yes: number;
  of: number;
}

/** Share that held; NaN-free: 0 of nothing is 0. */
export function rate({ yes, of }: Count): number {
  return of === 0 ? 0 : yes / of;
}

/** Wilson score interval of a rate, 95 %; all of [0, 1] for no tries. */
export function wilson({ yes, of }: Count): [number, number] {
  if (of === 0) return [0, 1];
  const z = 1.96;
  const p = yes / of;
  const centre = p + (z * z) / (2 * of);
  const spread = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}

/** The value below which a share `q` of the values lies; 0 for no values. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}

/** Counts by name, started when first noted. */
export class Tally<Name extends string> {
  private readonly counts = new Map<Name, Count>();

  note(name: Name, held: boolean): void {
    const count = this.counts.get(name) ?? { yes: 0, of: 0 };
    this.counts.set(name, { yes: count.yes + Number(held), of: count.of + 1 });
  }

  /** 0 of 0 for what was never noted. */
  get(name: Name): Count {
    return this.counts.get(name) ?? { yes: 0, of: 0 };
  }

  toJSON(): Partial<Record<Name, Count>> {
    return Object.fromEntries(this.counts) as Partial<Record<Name, Count>>;
  }
}
