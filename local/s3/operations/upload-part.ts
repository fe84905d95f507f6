import { checksumHeader } from '../checksum/checksum-algorithm';
import type { Exchange } from '../exchange';
import { findUpload } from '../multipart/find-upload';
import { readPartNumber } from '../multipart/part-number';
import { respondEmpty } from '../respond';
import { S3Error } from '../s3-error';
import { checksumClaim } from '../upload/checksum-claim';
import { receiveBody } from '../upload/receive-body';
import { maxPutBytes } from './put-object';

export async function uploadPart(exchange: Exchange): Promise<void> {
  const { store, bucket, query, request } = exchange;
  const { upload } = findUpload(exchange);
  const number = readPartNumber(query.get('partNumber'));
  const claim = checksumClaim(request.headers);
  if (claim && upload.checksumAsked && claim.algorithm !== upload.algorithm) {
    throw new S3Error(
      'InvalidRequest',
      `Checksum Type mismatch occurred, expected checksum Type: ${upload.algorithm.toLowerCase()}, actual checksum Type: ${claim.algorithm.toLowerCase()}`,
    );
  }
  const body = store.bodies.create();
  try {
    body.open();
    const { sizeBytes, etag, checksum, algorithm } = await receiveBody(exchange, {
      maxBytes: maxPutBytes,
      fallback: upload.algorithm,
      write: (data) => body.write(data),
    });
    body.close();
    // Asked again: the upload may have been completed or aborted while the part came in.
    findUpload(exchange);
    store.bodies.keep(body);
    const part = {
      number,
      bodyId: body.bodyId,
      sizeBytes,
      etag,
      checksum,
      algorithm,
      lastModifiedMs: Date.now(),
    };
    store.record({ type: 'part', bucket, uploadId: upload.uploadId, part });
    respondEmpty(exchange, 200, ['etag', `"${etag}"`, checksumHeader(algorithm), checksum]);
  } catch (error) {
    body.discard();
    throw error;
  }
}
