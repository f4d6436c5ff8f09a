export { randomOf } from '../random';

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
