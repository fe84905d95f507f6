import { S3Error } from '../s3-error';
import type { Exchange } from '../exchange';
import type { OpenUpload } from '../store/store-index';

export function findUpload({ store, bucket, key, query }: Exchange): OpenUpload {
  const open = store.bucket(bucket).uploads.get(query.get('uploadId') ?? '');
  if (open?.upload.key !== key) throw new S3Error('NoSuchUpload');
  return open;
}
