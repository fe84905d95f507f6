import { createHash, type Hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type ChecksumAlgorithm, type RunningChecksum, startChecksum } from '../checksum/checksum-algorithm';
import { S3Error } from '../s3-error';
import { checkedValue, type ChecksumClaim } from './checksum-claim';

/** All that is computed over a body in its one pass, and held against what the client said. */
export class BodyDigests {
  readonly algorithm: ChecksumAlgorithm;
  readonly #md5 = createHash('md5');
  readonly #sha256: Hash | null;
  readonly #checksum: RunningChecksum;
  readonly #signedSha256: string | null;

  constructor(algorithm: ChecksumAlgorithm, signedSha256: string | null) {
    this.algorithm = algorithm;
    this.#signedSha256 = signedSha256;
    this.#sha256 = signedSha256 === null ? null : createHash('sha256');
    this.#checksum = startChecksum(algorithm);
  }

  update(data: Buffer): void {
    this.#md5.update(data);
    this.#sha256?.update(data);
    this.#checksum.update(data);
  }

  /** The ETag and the checksum, once everything that was claimed has been found true. */
  finish(
    headers: IncomingHttpHeaders,
    claim: ChecksumClaim | null,
    trailers: ReadonlyMap<string, string> | null,
  ) {
    const sha256 = this.#sha256?.digest('hex') ?? null;
    if (sha256 !== this.#signedSha256) {
      throw new S3Error('XAmzContentSHA256Mismatch', undefined, {
        details: [
          ['ClientComputedContentSHA256', this.#signedSha256!],
          ['S3ComputedContentSHA256', sha256!],
        ],
      });
    }
    const md5 = this.#md5.digest();
    const claimedMd5 = headers['content-md5'];
    if (claimedMd5 !== undefined && !md5.equals(decodeMd5(String(claimedMd5)))) {
      throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
    }
    const checksum = this.#checksum.digest().toString('base64');
    if (claim && checksum !== (claim.value ?? trailerValue(claim.algorithm, trailers))) {
      throw new S3Error(
        'BadDigest',
        `The ${claim.algorithm} you specified did not match the calculated checksum.`,
      );
    }
    return { etag: md5.toString('hex'), checksum };
  }
}

function trailerValue(algorithm: ChecksumAlgorithm, trailers: ReadonlyMap<string, string> | null): string {
  return checkedValue(algorithm, trailers?.get(`x-amz-checksum-${algorithm.toLowerCase()}`) ?? '');
}

function decodeMd5(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== 16) throw new S3Error('InvalidDigest');
  return bytes;
}
