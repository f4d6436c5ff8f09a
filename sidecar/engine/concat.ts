/** Arrays one behind the other; a single one is given back as it is. */
export function concat(arrays: readonly Float32Array[]): Float32Array {
  const [only] = arrays;
  if (only && arrays.length === 1) return only;
  const result = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const array of arrays) {
    result.set(array, offset);
    offset += array.length;
  }
  return result;
}
