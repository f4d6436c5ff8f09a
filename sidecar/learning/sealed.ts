import { createHash } from 'node:crypto';

const DIGEST = 32;

/** Bytes with their sha256 behind them. */
export function seal(body: Buffer): Buffer {
  return Buffer.concat([body, sha256(body)]);
}

/** The bytes that were sealed; undefined when they are not whole. */
export function unseal(file: Buffer): Buffer | undefined {
  if (file.length < DIGEST) return undefined;
  const body = file.subarray(0, file.length - DIGEST);
  return sha256(body).equals(file.subarray(body.length)) ? body : undefined;
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
