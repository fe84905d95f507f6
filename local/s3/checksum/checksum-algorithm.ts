import { createChecksum } from '../../../lib/fetch/checksum/create-checksum';

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
  const running = createChecksum(algorithm.toLowerCase() as Lowercase<ChecksumAlgorithm>);
  return {
    update: (chunk) => running.update(chunk),
    digest: () => Buffer.from(running.digest(), 'base64'),
  };
}

export const checksumHeader = (algorithm: ChecksumAlgorithm) => `x-amz-checksum-${algorithm.toLowerCase()}`;

/** The algorithm a client names, in whatever case, or null. */
export function checksumAlgorithm(name: string | undefined): ChecksumAlgorithm | null {
  return checksumAlgorithms.find((algorithm) => algorithm === name?.toUpperCase()) ?? null;
}
