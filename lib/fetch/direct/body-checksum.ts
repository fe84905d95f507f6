import { checksumFromHeaders } from '../checksum/checksum-from-headers';
import type { CrcAlgorithm } from '../checksum/crc-polynomials';
import { type Checksum, createChecksum } from '../checksum/create-checksum';
import type { AttemptFailure } from '../failure';
import type { ComputedCrc, GivenChecksum } from '../object-client';
import type { HeaderFields } from './http/header-fields';

/** The whole object's checksum that an answer names; undefined where it names none that bytes could show. */
export function givenChecksum(headers: HeaderFields): GivenChecksum | undefined {
  const given = checksumFromHeaders(headers.startingWith('x-amz-checksum-'));
  return given?.type === 'FULL_OBJECT' ? { algorithm: given.algorithm, value: given.value } : undefined;
}

/** A checksum of what arrives, compared with the object's where all of it arrives. */
export class BodyChecksum {
  readonly #algorithm: GivenChecksum['algorithm'];
  readonly #expected: string | null;
  readonly #running: Checksum;

  /** `expected` is null where only a part of the object is asked for. */
  constructor(algorithm: GivenChecksum['algorithm'], expected: string | null) {
    this.#algorithm = algorithm;
    this.#expected = expected;
    this.#running = createChecksum(algorithm);
  }

  update(chunk: Uint8Array): void {
    this.#running.update(chunk);
  }

  get crc(): ComputedCrc | undefined {
    const value = this.#running.value?.();
    return value === undefined ? undefined : { algorithm: this.#algorithm as CrcAlgorithm, value };
  }

  get compares(): boolean {
    return this.#expected !== null;
  }

  failure(): AttemptFailure | null {
    if (this.#expected === null) return null;
    const digest = this.#running.digest();
    if (digest === this.#expected) return null;
    return {
      code: 'ChecksumMismatch',
      phase: 'body',
      message: `the ${this.#algorithm} of the body is ${digest}, S3 says ${this.#expected}`,
      retry: 'transient',
    };
  }
}
