import { createHash } from 'node:crypto';
import { targetBytes, type Engram } from './engram';

/**
 * The binary form of an engram, little-endian: magic, t, d, ffn, flags (u32 each), keys (f32),
 * significance (f32), firing (f32, if flag 1), targets (bits), and the sha256 of all before it.
 */
const MAGIC = 0x31474551; // "QEG1"
const HEADER = 20;
const DIGEST = 32;
const HAS_FIRING = 1;

/** Serialises an engram. */
export function encodeEngram(engram: Engram): Buffer {
  const header = Buffer.alloc(HEADER);
  [MAGIC, engram.t, engram.d, engram.ffn, engram.firing ? HAS_FIRING : 0].forEach((value, i) =>
    header.writeUInt32LE(value, i * 4),
  );
  const parts = [header, bytesOf(engram.keys), bytesOf(engram.significance)];
  if (engram.firing) parts.push(bytesOf(engram.firing));
  parts.push(Buffer.from(engram.targets));
  const body = Buffer.concat(parts);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

/** Reads an engram back; undefined when the bytes are not a whole engram. */
export function decodeEngram(file: Buffer): Engram | undefined {
  if (file.length < HEADER + DIGEST || file.readUInt32LE(0) !== MAGIC) return undefined;
  const body = file.subarray(0, file.length - DIGEST);
  if (!createHash('sha256').update(body).digest().equals(file.subarray(body.length))) return undefined;
  const t = file.readUInt32LE(4);
  const d = file.readUInt32LE(8);
  const ffn = file.readUInt32LE(12);
  const hasFiring = (file.readUInt32LE(16) & HAS_FIRING) !== 0;
  const targetLength = t * targetBytes(ffn);
  if (body.length !== HEADER + 4 * (t * d + t + (hasFiring ? t * ffn : 0)) + targetLength) return undefined;
  let at = HEADER;
  const floats = (count: number): Float32Array => {
    const copy = new Uint8Array(body.subarray(at, at + count * 4));
    at += count * 4;
    return new Float32Array(copy.buffer);
  };
  const keys = floats(t * d);
  const significance = floats(t);
  const firing = hasFiring ? floats(t * ffn) : undefined;
  return {
    t,
    d,
    ffn,
    keys,
    significance,
    targets: new Uint8Array(body.subarray(at)),
    ...(firing && { firing }),
  };
}

function bytesOf(values: Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
