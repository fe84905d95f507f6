import { checksumHeader } from '../checksum/checksum-algorithm';
import { S3Error } from '../s3-error';
import type { StoredObject } from '../store/object-version';
import type { ByteRange } from './byte-range';

/** The bytes of one part, as `?partNumber=` asks for them; an object that was put whole is its own part 1. */
export function partRange(
  object: StoredObject,
  partNumber: string,
): { range: ByteRange | null; headers: string[] } {
  const number = /^\d{1,5}$/.test(partNumber) ? Number(partNumber) : 0;
  // docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html, read 2026-11.
  if (number < 1 || number > 10_000) {
    throw new S3Error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  }
  const parts = object.parts ?? [{ number: 1, sizeBytes: object.sizeBytes, checksum: null }];
  const part = parts[number - 1];
  if (!part) throw new S3Error('InvalidPartNumber');
  let first = 0;
  for (let i = 0; i < number - 1; i++) first += parts[i]!.sizeBytes;
  // An empty body has no first byte that a range could name.
  const range = part.sizeBytes === 0 ? null : { first, last: first + part.sizeBytes - 1 };
  const headers = object.parts ? ['x-amz-mp-parts-count', String(parts.length)] : [];
  if (object.checksum && part.checksum !== null)
    headers.push(checksumHeader(object.checksum.algorithm), part.checksum);
  return { range, headers };
}
