import { checksumAlgorithm, type ChecksumAlgorithm, type ChecksumType } from '../checksum/checksum-algorithm';
import type { Exchange } from '../exchange';
import { S3Error } from '../s3-error';

interface ChecksumChoice {
  algorithm: ChecksumAlgorithm;
  checksumType: ChecksumType;
  checksumAsked: boolean;
}

/** Algorithm and type of a multipart upload. CRCs can be combined into one of the whole, SHAs cannot. */
export function checksumChoice({ request: { headers } }: Exchange): ChecksumChoice {
  const name = headers['x-amz-checksum-algorithm'];
  const type = headers['x-amz-checksum-type'];
  if (name === undefined && type === undefined) {
    return { algorithm: 'CRC64NVME', checksumType: 'FULL_OBJECT', checksumAsked: false };
  }
  const algorithm = checksumAlgorithm(String(name));
  if (!algorithm) {
    const message =
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]';
    throw new S3Error('InvalidRequest', message);
  }
  const checksumType = type === undefined ? defaultType(algorithm) : String(type).toUpperCase();
  const possible =
    (checksumType === 'COMPOSITE' && algorithm !== 'CRC64NVME') ||
    (checksumType === 'FULL_OBJECT' && algorithm.startsWith('CRC'));
  if (!possible) {
    throw new S3Error(
      'InvalidRequest',
      `The ${checksumType} checksum type cannot be used with the ${algorithm} checksum algorithm.`,
    );
  }
  return { algorithm, checksumType, checksumAsked: true };
}

const defaultType = (algorithm: ChecksumAlgorithm) =>
  algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
