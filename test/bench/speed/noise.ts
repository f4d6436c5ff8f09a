import { randomOf } from '../../../sidecar/random';

/** Numbers that a pool holds; it is repeated for as long as a tensor needs. */
const POOL = 2 ** 18;

/** Random numbers of mean `mean` and standard deviation `deviation`, in bf16: the upper half of an f32. */
export function bf16Pool(mean: number, deviation: number): Uint8Array {
  const words = new Uint32Array(uniform(mean, deviation).buffer);
  return bytesOf(Uint16Array.from(words, (word) => word >>> 16));
}

/** The same in f32. */
export function f32Pool(mean: number, deviation: number): Uint8Array {
  return bytesOf(uniform(mean, deviation));
}

/** Pools that have been drawn, by what sets them apart. */
export class Pools {
  private readonly drawn = new Map<string, Uint8Array>();

  get(key: string, draw: () => Uint8Array): Uint8Array {
    const pool = this.drawn.get(key) ?? draw();
    this.drawn.set(key, pool);
    return pool;
  }
}

/** So many bytes, the pool being repeated. */
export function* repeated(pool: Uint8Array, bytes: number): Generator<Uint8Array, void, undefined> {
  for (let left = bytes; left > 0; left -= pool.length) yield pool.subarray(0, Math.min(left, pool.length));
}

export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function uniform(mean: number, deviation: number): Float32Array<ArrayBuffer> {
  const random = randomOf(1);
  const half = deviation * Math.sqrt(3);
  return Float32Array.from({ length: POOL }, () => mean + half * (2 * random() - 1));
}
