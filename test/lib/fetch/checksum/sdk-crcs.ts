import { createRequire } from 'node:module';
import type { CrcAlgorithm } from '../../../../lib/fetch/checksum/crc-polynomials';

interface SdkCrc {
  update(bytes: Uint8Array): void;
  digest(): Promise<Uint8Array>;
}

// The package is the SDK's own dependency, so it is found from there.
const { Crc32Js, Crc32cJs, Crc64NvmeJs } = createRequire(require.resolve('@aws-sdk/client-s3'))(
  '@aws-sdk/checksums/crc',
) as Record<string, new () => SdkCrc>;

const sdkCrcs: Record<CrcAlgorithm, new () => SdkCrc> = {
  crc32: Crc32Js!,
  crc32c: Crc32cJs!,
  crc64nvme: Crc64NvmeJs!,
};

/** Base64 of the CRC that the SDK's JavaScript computes. */
export async function sdkDigest(algorithm: CrcAlgorithm, bytes: Uint8Array): Promise<string> {
  const crc = new sdkCrcs[algorithm]();
  crc.update(bytes);
  return Buffer.from(await crc.digest()).toString('base64');
}
