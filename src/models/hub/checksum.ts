import { createHash, type Hash } from 'node:crypto';

/** What a file must hash to: its own sha256, or the id that git gives it. */
export interface Digest {
  readonly kind: 'sha256' | 'git';
  readonly hex: string;
}

/** Compares a file that comes in pieces with what it should be. Without a digest only its length is known. */
export class Checksum {
  private readonly hash: Hash | undefined;
  private count = 0;

  constructor(
    private readonly digest: Digest | undefined,
    private readonly bytes: number,
  ) {
    if (digest?.kind === 'sha256') this.hash = createHash('sha256');
    // Git hashes a header before the content; repositories of the newer kind use sha256 for it.
    if (digest?.kind === 'git') {
      this.hash = createHash(digest.hex.length === 64 ? 'sha256' : 'sha1').update(`blob ${bytes}\0`);
    }
  }

  /** Bytes seen so far. */
  get seen(): number {
    return this.count;
  }

  update(chunk: Uint8Array): void {
    this.hash?.update(chunk);
    this.count += chunk.length;
  }

  /** Whether all that was seen is the file; ends the hashing. */
  matches(): boolean {
    if (this.count !== this.bytes) return false;
    return this.hash === undefined || this.hash.digest('hex') === this.digest?.hex.toLowerCase();
  }
}
