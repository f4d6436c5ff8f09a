/** The count that an option has. @throws Error if it is none */
export function whole(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`${name} takes whole numbers from 1 on; it has "${text}".`);
  }
  return value;
}
