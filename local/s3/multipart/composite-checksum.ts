import { createHash } from 'node:crypto';
import { type ChecksumAlgorithm, startChecksum } from '../checksum/checksum-algorithm';

/** The ETag of a multipart object: MD5 over the parts' MD5s, and how many there were. */
export function compositeEtag(partEtags: string[]): string {
  const md5 = createHash('md5');
  for (const etag of partEtags) md5.update(Buffer.from(etag, 'hex'));
  return `${md5.digest('hex')}-${partEtags.length}`;
}

/** The same for checksums, in base64. */
export function compositeChecksum(algorithm: ChecksumAlgorithm, partChecksums: string[]): string {
  const running = startChecksum(algorithm);
  for (const checksum of partChecksums) running.update(Buffer.from(checksum, 'base64'));
  return `${running.digest().toString('base64')}-${partChecksums.length}`;
}
