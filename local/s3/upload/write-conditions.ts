import type { IncomingHttpHeaders } from 'node:http';
import { etagMatches } from '../read/preconditions';
import { S3Error } from '../s3-error';
import type { Bucket } from '../store/store-index';

/** Conditional writes: `If-None-Match: *` creates only, `If-Match` replaces only what the client has seen. */
export function checkWriteConditions(headers: IncomingHttpHeaders, bucket: Bucket, key: string): void {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  if (ifMatch === undefined && ifNoneMatch === undefined) return;
  const newest = bucket.objects.get(key)?.[0];
  const current = newest?.kind === 'object' ? newest : null;
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== '*') throw new S3Error('NotImplemented', 'If-None-Match on a write takes only *');
    if (current) throw failed('If-None-Match');
  }
  if (ifMatch === undefined) return;
  if (!current) throw new S3Error('NoSuchKey', undefined, { details: [['Key', key]] });
  if (!etagMatches(ifMatch, current.etag)) throw failed('If-Match');
}

const failed = (condition: string) =>
  new S3Error('PreconditionFailed', undefined, { details: [['Condition', condition]] });
