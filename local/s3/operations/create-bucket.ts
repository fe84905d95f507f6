import type { Exchange } from '../exchange';
import { respondEmpty } from '../respond';
import { S3Error } from '../s3-error';
import { readDocument } from '../upload/read-document';

export async function createBucket(exchange: Exchange): Promise<void> {
  const { store, bucket, settings, request } = exchange;
  const hasBody =
    request.headers['content-length'] !== undefined && request.headers['content-length'] !== '0';
  if (hasBody) await readDocument(exchange);
  // us-east-1 alone says yes to a bucket that one has: docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html.
  if (store.hasBucket(bucket) && settings.region !== 'us-east-1')
    throw new S3Error('BucketAlreadyOwnedByYou');
  store.createBucket(bucket);
  respondEmpty(exchange, 200, ['location', `/${bucket}`]);
}
