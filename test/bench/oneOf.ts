/** The entry of `known` that an option names. @throws Error that says which there are */
export function oneOf<T extends string>(known: readonly T[], text: string, name: string): T {
  const found = known.find((entry) => entry === text);
  if (found === undefined) throw new Error(`${name} knows ${known.join(', ')}; not "${text}".`);
  return found;
}
