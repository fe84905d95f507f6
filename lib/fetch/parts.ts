import type { ByteRange } from './object-client';

/** Ranges that cover `sizeBytes` bytes exactly once, in order; none for an empty object. */
export function partsOf(sizeBytes: number, partSizeBytes: number): ByteRange[] {
  const count = Math.ceil(sizeBytes / partSizeBytes);
  return Array.from({ length: count }, (_, n) => ({
    from: n * partSizeBytes,
    to: Math.min((n + 1) * partSizeBytes, sizeBytes) - 1,
  }));
}
