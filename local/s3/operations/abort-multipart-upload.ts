import type { Exchange } from '../exchange';
import { findUpload } from '../multipart/find-upload';
import { respondEmpty } from '../respond';

export function abortMultipartUpload(exchange: Exchange): void {
  const { upload } = findUpload(exchange);
  exchange.store.record({ type: 'upload-gone', bucket: exchange.bucket, uploadId: upload.uploadId });
  respondEmpty(exchange, 204);
}
