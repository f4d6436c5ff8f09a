/** What each f16 bit pattern stands for. */
let values: Float32Array | undefined;

/** Widens IEEE 754 half precision. */
export function halfToFloat(bits: Uint16Array): Float32Array {
  values ??= Float32Array.from({ length: 65_536 }, (_, pattern) => valueOf(pattern));
  const result = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) result[i] = values[bits[i] ?? 0] ?? 0;
  return result;
}

function valueOf(pattern: number): number {
  const sign = pattern & 0x8000 ? -1 : 1;
  const exponent = (pattern >> 10) & 0x1f;
  const fraction = pattern & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Most that f16 can hold, and the exponent below which its numbers lie evenly, 2^-24 apart. */
const LARGEST = 65_504;
const SMALLEST_NORMAL = 2 ** -14;

/** Rounds to half precision, to the nearest and of two to the even one; what is too large becomes the largest. */
export function floatToHalf(numbers: Float32Array): Uint16Array {
  const bits = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const result = new Uint16Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    const word = bits[i] ?? 0;
    const size = Math.abs(numbers[i] ?? 0);
    let half: number;
    if (size >= LARGEST) half = 0x7bff;
    else if (size < SMALLEST_NORMAL) half = roundEven(size * 2 ** 24);
    // The exponent's bias goes from 127 to 15; half of the dropped bits less one, plus the last kept one, rounds.
    else half = ((word & 0x7fff_ffff) - 0x3800_0000 + 0xfff + ((word >>> 13) & 1)) >>> 13;
    result[i] = ((word >>> 16) & 0x8000) | half;
  }
  return result;
}

/** 2^23: from here on f32 has no fraction, so that adding it rounds as f32 does. */
const WHOLE = 8_388_608;

function roundEven(value: number): number {
  return Math.fround(value + WHOLE) - WHOLE;
}

/** Widens bf16, the upper half of an f32. */
export function bfloatToFloat(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) words[i] = (bits[i] ?? 0) << 16;
  return new Float32Array(words.buffer);
}
