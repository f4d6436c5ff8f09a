import type { Firing } from '../learning/firing';
import type { FiringPicture } from '../protocol';

/** A firing as the protocol carries it: one byte a neuron. */
export function pictureOf(factId: string, { before, after, target }: Firing): FiringPicture {
  const bytes = (values: Float32Array): string =>
    Buffer.from(Uint8Array.from(values, (value) => Math.round(value * 255))).toString('base64');
  return {
    factId,
    before: bytes(before),
    after: bytes(after),
    target: bytes(target),
  };
}
