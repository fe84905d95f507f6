import { checksumFromHeaders } from '../checksum/checksum-from-headers';
import type { CrcAlgorithm } from '../checksum/crc-polynomials';
import { createChecksum } from '../checksum/create-checksum';
import { type AttemptFailure, failed } from '../failure';
import type { ComputedCrc, GivenChecksum } from '../object-client';
import type { HeaderFields } from './http/header-fields';

/** The whole object's checksum that an answer names; undefined where it names none that bytes could show. */
export function givenChecksum(headers: HeaderFields): GivenChecksum | undefined {
  const given = checksumFromHeaders(headers.startingWith('x-amz-checksum-'));
  return given?.type === 'FULL_OBJECT' ? { algorithm: given.algorithm, value: given.value } : undefined;
}

/** A checksum of what arrives, compared with the object's where all of it arrives. */
export interface BodyChecksum {
  update(chunk: Uint8Array): void;
  crc(): ComputedCrc | undefined;
  /** Null where the two agree, and where only a part of the object was asked for. */
  failure(): AttemptFailure | null;
}

/** `expected` is null where only a part of the object is asked for. */
export function createBodyChecksum(
  algorithm: GivenChecksum['algorithm'],
  expected: string | null,
): BodyChecksum {
  const { update, value, digest } = createChecksum(algorithm);
  return {
    update,
    crc: () => value && { algorithm: algorithm as CrcAlgorithm, value: value() },
    failure() {
      const got = expected === null ? null : digest();
      if (got === expected) return null;
      const message = `the ${algorithm} of the body is ${got}, S3 says ${expected}`;
      return failed('ChecksumMismatch', 'body', message, 'transient');
    },
  };
}
