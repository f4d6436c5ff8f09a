/**
 * The entry of `known` that an option names.
 * @param divider what the option divides its entries by
 * @throws Error that says which there are
 */
export function oneOf<T extends string>(known: readonly T[], text: string, name: string, divider = ','): T {
  const found = known.find((entry) => entry === text);
  if (found === undefined) throw new Error(`${name} knows ${known.join(`${divider} `)}; not "${text}".`);
  return found;
}
