/** A VSIX may not be larger, in bytes. */
const LARGEST = 80e6;

/** @throws Error where a VSIX of `size` bytes is too large to ship */
export function checkSize(name: string, size: number): void {
  if (size <= LARGEST) return;
  throw new Error(`${name} has ${megabytes(size)}; no more than ${megabytes(LARGEST)} may be shipped.`);
}

/** A number of bytes, as `12.3 MB`; rounded up, so that what is above a limit is never shown as at it. */
export function megabytes(bytes: number): string {
  return `${(Math.ceil(bytes / 1e5) / 10).toFixed(1)} MB`;
}
