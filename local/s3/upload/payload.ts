import type { Exchange } from '../exchange';
import { S3Error } from '../s3-error';
import { AwsChunkedDecoder } from './aws-chunked';
import { ChunkSignatures } from './chunk-signatures';

/** How a body is framed and what was signed of it. */
export interface Payload {
  sizeBytes: number;
  /** Null where the hash was not signed. */
  sha256: string | null;
  decoder: AwsChunkedDecoder | null;
}

export function payloadOf({ request: { headers }, signature }: Exchange): Payload {
  const { payloadHash } = signature;
  if (payloadHash === 'UNSIGNED-PAYLOAD' || /^[0-9a-f]{64}$/.test(payloadHash)) {
    const sha256 = payloadHash === 'UNSIGNED-PAYLOAD' ? null : payloadHash;
    return { sizeBytes: declaredBytes(headers['content-length']), sha256, decoder: null };
  }
  const match = /^STREAMING-(UNSIGNED|AWS4-HMAC-SHA256)-PAYLOAD(-TRAILER)?$/.exec(payloadHash);
  if (!match || payloadHash === 'STREAMING-UNSIGNED-PAYLOAD') {
    throw new S3Error(
      'InvalidArgument',
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
    );
  }
  const signatures = match[1] === 'UNSIGNED' ? null : new ChunkSignatures(signature);
  const decoder = new AwsChunkedDecoder(signatures, match[2] !== undefined);
  return { sizeBytes: declaredBytes(headers['x-amz-decoded-content-length']), sha256: null, decoder };
}

function declaredBytes(header: string | string[] | undefined): number {
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header)) throw new S3Error('MissingContentLength');
  return Number(header);
}
