/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` of the items, drawn without putting back. */
export function draw<T>(items: readonly T[], count: number, random: () => number): T[] {
  const rest = [...items];
  for (let n = 0; n < Math.min(count, rest.length); n++) {
    const other = n + Math.floor(random() * (rest.length - n));
    const [a, b] = [rest[n], rest[other]];
    if (a !== undefined && b !== undefined) [rest[n], rest[other]] = [b, a];
  }
  return rest.slice(0, count);
}
