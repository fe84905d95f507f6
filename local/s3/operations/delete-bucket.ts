import type { Exchange } from '../exchange';
import { respondEmpty } from '../respond';
import { S3Error } from '../s3-error';

export function deleteBucket(exchange: Exchange): void {
  const bucket = exchange.store.bucket(exchange.bucket);
  if (bucket.objects.size > 0)
    throw new S3Error('BucketNotEmpty', undefined, { details: [['BucketName', bucket.name]] });
  for (const uploadId of bucket.uploads.keys()) {
    exchange.store.record({ type: 'upload-gone', bucket: bucket.name, uploadId });
  }
  exchange.store.record({ type: 'bucket-gone', bucket: bucket.name });
  respondEmpty(exchange, 204);
}
