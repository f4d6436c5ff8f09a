/** Bytes that the signs of `count` numbers take. */
export function signBytes(count: number): number {
  return (count + 7) >> 3;
}

/** Packs whether each value is above 0 into bits, lowest first. */
export function packSigns(values: Float32Array): Uint8Array {
  const bits = new Uint8Array(signBytes(values.length));
  values.forEach((value, i) => {
    if (value > 0) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
  });
  return bits;
}

/** Unpacks row `row` of packed signs, `count` a row, into +1 and −1. */
export function unpackSigns(
  bits: Uint8Array,
  row: number,
  count: number,
  out = new Int8Array(count),
): Int8Array {
  const start = row * signBytes(count);
  for (let i = 0; i < count; i++) out[i] = (((bits[start + (i >> 3)] ?? 0) >> (i & 7)) & 1) * 2 - 1;
  return out;
}
