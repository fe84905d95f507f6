import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c } from './crc32c';
import { Crc64Nvme } from './crc64-nvme';

export const checksumAlgorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** FULL_OBJECT: over the body's bytes. COMPOSITE: over the checksums of its parts. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export interface RunningChecksum {
  update(chunk: Uint8Array): void;
  digest(): Buffer;
}

export const checksumLengthBytes: Record<ChecksumAlgorithm, number> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

export function startChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  if (algorithm === 'CRC64NVME') return new Crc64Nvme();
  if (algorithm === 'SHA1' || algorithm === 'SHA256') {
    const running = createHash(algorithm);
    return { update: (chunk) => void running.update(chunk), digest: () => running.digest() };
  }
  const update = algorithm === 'CRC32' ? (chunk: Uint8Array, crc: number) => crc32(chunk, crc) : crc32c;
  let crc = 0;
  return {
    update: (chunk) => {
      crc = update(chunk, crc);
    },
    digest: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(crc >>> 0);
      return bytes;
    },
  };
}

export const checksumHeader = (algorithm: ChecksumAlgorithm) => `x-amz-checksum-${algorithm.toLowerCase()}`;

/** The algorithm a client names, in whatever case, or null. */
export function checksumAlgorithm(name: string | undefined): ChecksumAlgorithm | null {
  return checksumAlgorithms.find((algorithm) => algorithm === name?.toUpperCase()) ?? null;
}
