import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { advanceCrc } from './advance-crc';
import { type CrcAlgorithm, crcMask } from './crc-polynomials';
import { encodeCrc } from './encode-crc';
import type { KernelAlgorithm } from './kernel/fold-distances';

/** Cheapest first, in CPU a byte (bench/checksum.ts). */
export const checksumAlgorithms = ['crc32c', 'crc64nvme', 'crc32', 'sha1', 'sha256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

export interface Checksum {
  update: (bytes: Uint8Array) => void;
  /** Of the bytes so far, in base64 as S3 writes it; more may follow. */
  digest: () => string;
  value?: () => bigint;
}

export interface CrcChecksum extends Checksum {
  /** Of the bytes so far, as `combineCrc` takes it. */
  value: () => bigint;
}

/** A running checksum of the kinds that S3 keeps. Any number may run at once. */
export function createChecksum(algorithm: CrcAlgorithm): CrcChecksum;
export function createChecksum(algorithm: ChecksumAlgorithm): Checksum;
export function createChecksum(algorithm: ChecksumAlgorithm): Checksum {
  if (algorithm === 'sha1' || algorithm === 'sha256') return cryptoHash(algorithm);
  return algorithm === 'crc32' ? zlibCrc() : kernelCrc(algorithm);
}

function cryptoHash(algorithm: 'sha1' | 'sha256'): Checksum {
  const hash = createHash(algorithm);
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.copy().digest('base64') };
}

function zlibCrc(): CrcChecksum {
  let crc = 0;
  const update = (bytes: Uint8Array) => {
    crc = crc32(bytes, crc);
  };
  const value = () => BigInt(crc);
  return { update, value, digest: () => encodeCrc('crc32', value()) };
}

function kernelCrc(algorithm: KernelAlgorithm): CrcChecksum {
  const mask = crcMask(algorithm);
  let register = mask;
  const update = (bytes: Uint8Array) => {
    register = advanceCrc(algorithm, register, bytes);
  };
  const value = () => (register & mask) ^ mask;
  return { update, value, digest: () => encodeCrc(algorithm, value()) };
}
