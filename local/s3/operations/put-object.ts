import { checksumHeader } from '../checksum/checksum-algorithm';
import type { Exchange } from '../exchange';
import { versionHeaders } from '../read/find-version';
import { respondEmpty } from '../respond';
import { objectHeaders } from '../upload/object-headers';
import { receiveBody } from '../upload/receive-body';
import { checkWriteConditions } from '../upload/write-conditions';

// docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html, read 2026-11.
export const maxPutBytes = 5 * 1024 ** 3;

export async function putObject(exchange: Exchange): Promise<void> {
  const { store, key, request } = exchange;
  const headers = objectHeaders(request.headers);
  checkWriteConditions(request.headers, store.bucket(exchange.bucket), key);
  const body = store.bodies.create();
  try {
    body.open();
    const received = await receiveBody(exchange, {
      maxBytes: maxPutBytes,
      fallback: 'CRC64NVME',
      write: (data) => body.write(data),
    });
    body.close();
    const { sizeBytes, etag, algorithm, checksum } = received;
    // Asked again: the bucket or the key may have changed while the body came in.
    const bucket = store.bucket(exchange.bucket);
    checkWriteConditions(request.headers, bucket, key);
    const kept = store.keepObject(bucket, key, body, {
      sizeBytes,
      etag,
      checksum: { algorithm, type: 'FULL_OBJECT', value: checksum },
      headers,
      parts: null,
    });
    const about = [
      'etag',
      `"${etag}"`,
      checksumHeader(algorithm),
      checksum,
      'x-amz-checksum-type',
      'FULL_OBJECT',
    ];
    respondEmpty(exchange, 200, [...about, ...versionHeaders(bucket, kept.versionId)]);
  } catch (error) {
    body.discard();
    throw error;
  }
}
