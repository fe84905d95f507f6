import { checksumFromHeaders } from '../checksum/checksum-from-headers';
import { type Checksum, createChecksum } from '../checksum/create-checksum';
import type { AttemptFailure } from '../failure';
import type { HeaderFields } from './http/header-fields';

/** The checksum that S3 keeps of a whole object, compared with what arrives. */
export class BodyChecksum {
  readonly #expected: string;
  readonly #algorithm: string;
  readonly #running: Checksum;

  private constructor(algorithm: string, expected: string, running: Checksum) {
    this.#algorithm = algorithm;
    this.#expected = expected;
    this.#running = running;
  }

  /** Null where S3 gives none that the bytes of the body could show. */
  static from(headers: HeaderFields): BodyChecksum | null {
    const given = checksumFromHeaders(headers.startingWith('x-amz-checksum-'));
    if (given?.type !== 'FULL_OBJECT') return null;
    return new BodyChecksum(given.algorithm, given.value, createChecksum(given.algorithm));
  }

  update(chunk: Uint8Array): void {
    this.#running.update(chunk);
  }

  failure(): AttemptFailure | null {
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
