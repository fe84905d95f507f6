import type { IncomingHttpHeaders } from 'node:http';
import {
  checksumAlgorithm,
  checksumAlgorithms,
  type ChecksumAlgorithm,
  checksumHeader,
  checksumLengthBytes,
} from '../checksum/checksum-algorithm';
import { S3Error } from '../s3-error';

/** The checksum that an upload says it has; `value` is null where it follows in a trailer. */
export interface ChecksumClaim {
  algorithm: ChecksumAlgorithm;
  value: string | null;
}

export function checksumClaim(headers: IncomingHttpHeaders): ChecksumClaim | null {
  const claims: ChecksumClaim[] = [];
  const trailer = headers['x-amz-trailer'];
  for (const algorithm of checksumAlgorithms) {
    const value = headers[checksumHeader(algorithm)];
    if (typeof value === 'string') claims.push({ algorithm, value: checkedValue(algorithm, value) });
    if (trailer === checksumHeader(algorithm)) claims.push({ algorithm, value: null });
  }
  if (claims.length > 1) {
    throw new S3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  if (trailer !== undefined && claims[0]?.value !== null) {
    throw new S3Error('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported');
  }
  const named = headers['x-amz-sdk-checksum-algorithm'];
  if (typeof named === 'string' && claims[0]?.algorithm !== checksumAlgorithm(named)) {
    throw new S3Error(
      'InvalidRequest',
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  }
  return claims[0] ?? null;
}

/** The value if it is well formed: base64 of exactly as many bytes as the algorithm gives. */
export function checkedValue(algorithm: ChecksumAlgorithm, value: string): string {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length === checksumLengthBytes[algorithm] && bytes.toString('base64') === value) return value;
  throw new S3Error('InvalidRequest', `Value for ${checksumHeader(algorithm)} header is invalid.`);
}
