import { combineCrc } from './checksum/combine-crc';
import { encodeCrc } from './checksum/encode-crc';
import { type AttemptFailure, failed } from './failure';
import type { ComputedCrc, GivenChecksum } from './object-client';

/** A CRC over bytes that came in pieces, each by an answer of its own. */
export class PiecedCrc {
  #crc: ComputedCrc | null = null;
  #known = true;

  /** Adds the next piece. One without a CRC, or of another kind, makes the whole unknown. */
  add(crc: ComputedCrc | undefined, bytes: number): void {
    if (bytes === 0) return;
    if (!crc || (this.#crc && this.#crc.algorithm !== crc.algorithm)) this.#known = false;
    else if (!this.#crc) this.#crc = crc;
    else this.#crc = { ...crc, value: combineCrc(crc.algorithm, this.#crc.value, crc.value, bytes) };
  }

  clear(): void {
    this.#crc = null;
    this.#known = true;
  }

  get crc(): ComputedCrc | undefined {
    return this.#known ? (this.#crc ?? undefined) : undefined;
  }
}

/** Null where they agree; undefined where nothing can be said. */
export function crcFailure(
  crc: ComputedCrc | undefined,
  given: GivenChecksum | undefined,
): AttemptFailure | null | undefined {
  if (!crc || crc.algorithm !== given?.algorithm) return undefined;
  const value = encodeCrc(crc.algorithm, crc.value);
  if (value === given.value) return null;
  const message = `the ${crc.algorithm} of the parts together is ${value}, S3 says ${given.value}`;
  return failed('ChecksumMismatch', 'body', message, 'transient');
}
