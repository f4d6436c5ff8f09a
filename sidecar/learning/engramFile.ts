import { createHash } from 'node:crypto';
import type { Engram } from './engram';
import { seal, unseal } from './sealed';
import { signBytes } from './signs';

/**
 * The binary form of an engram, little-endian: magic, kind, t, ffn, width (u32 each), step (f32), then its
 * arrays, the widest numbers first, and the sha256 of all before it. `width` is the number of active units
 * (margin) or of the key's numbers (hebbian).
 */
const MAGIC = 0x32474551; // "QEG2"
const KINDS = ['margin', 'hebbian'] as const;
const HEADER = 24;

/** Serialises an engram. */
export function encodeEngram(engram: Engram): Buffer {
  const header = Buffer.alloc(HEADER);
  const { rule, t, ffn } = engram;
  const width = rule === 'margin' ? engram.codes.active : engram.keys.length / (t || 1);
  [MAGIC, KINDS.indexOf(rule), t, ffn, width].forEach((value, i) => header.writeUInt32LE(value, i * 4));
  header.writeFloatLE(rule === 'margin' ? engram.step : 0, 20);
  return seal(Buffer.concat([header, ...partsOf(engram).map(bytesOf)]));
}

/** Reads an engram back; undefined when the bytes are not a whole engram. */
export function decodeEngram(file: Buffer): Engram | undefined {
  const body = unseal(file);
  if (!body || body.length < HEADER || body.readUInt32LE(0) !== MAGIC) return undefined;
  const [kind = 0, t = 0, ffn = 0, width = 0] = [4, 8, 12, 16].map((at) => body.readUInt32LE(at));
  const rule = KINDS[kind];
  const rest = new Uint8Array(body.subarray(HEADER)).buffer;
  let at = 0;
  const take = (count: number, size: number): [ArrayBuffer, number, number] => {
    const start = at;
    at += count * size;
    if (at > rest.byteLength) throw new RangeError('truncated');
    return [rest, start, count];
  };
  try {
    const significance = new Float32Array(...take(t, 4));
    const engram: Engram =
      rule === 'hebbian'
        ? {
            rule,
            t,
            ffn,
            significance,
            keys: new Float32Array(...take(t * width, 4)),
            firing: new Float32Array(...take(t * ffn, 4)),
          }
        : {
            rule: 'margin',
            t,
            ffn,
            step: body.readFloatLE(20),
            significance,
            codes: {
              active: width,
              value: new Float32Array(...take(t * width, 4)),
              index: new Uint16Array(...take(t * width, 2)),
            },
            pre: new Int8Array(...take(t * ffn, 1)),
            targets: new Uint8Array(...take(t * signBytes(ffn), 1)),
          };
    return rule !== undefined && at === rest.byteLength ? engram : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Sha256 of what an engram holds, hexadecimal. */
export function digestOf(engram: Engram): string {
  const hash = createHash('sha256');
  if (engram.rule === 'margin') hash.update(bytesOf(Float32Array.of(engram.step)));
  for (const part of partsOf(engram)) hash.update(bytesOf(part));
  return hash.digest('hex');
}

function partsOf(engram: Engram): ArrayBufferView[] {
  if (engram.rule === 'hebbian') return [engram.significance, engram.keys, engram.firing];
  const { significance, codes, pre, targets } = engram;
  return [significance, codes.value, codes.index, pre, targets];
}

/** An array's bytes, without a copy. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
