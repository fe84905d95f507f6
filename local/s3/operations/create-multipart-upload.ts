import { randomBytes } from 'node:crypto';
import type { Exchange } from '../exchange';
import { checksumChoice } from '../multipart/checksum-choice';
import { respondXml } from '../respond';
import { objectHeaders } from '../upload/object-headers';

export function createMultipartUpload(exchange: Exchange): void {
  const { store, bucket, key, request } = exchange;
  store.bucket(bucket);
  const uploadId = randomBytes(32).toString('base64url');
  const choice = checksumChoice(exchange);
  const upload = {
    uploadId,
    key,
    initiatedMs: Date.now(),
    headers: objectHeaders(request.headers),
    ...choice,
  };
  store.record({ type: 'upload', bucket, upload });
  const { algorithm, checksumType } = choice;
  const about = ['x-amz-checksum-algorithm', algorithm, 'x-amz-checksum-type', checksumType];
  respondXml(
    exchange,
    [
      'InitiateMultipartUploadResult',
      [
        ['Bucket', bucket],
        ['Key', key],
        ['UploadId', uploadId],
      ],
    ],
    choice.checksumAsked ? about : [],
  );
}
