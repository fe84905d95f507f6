import { checksumHeader } from '../checksum/checksum-algorithm';
import type { Exchange } from '../exchange';
import { compositeChecksum, compositeEtag } from '../multipart/composite-checksum';
import { namedParts } from '../multipart/completion-request';
import { findUpload } from '../multipart/find-upload';
import { joinParts } from '../multipart/join-parts';
import { versionHeaders } from '../read/find-version';
import { respondXml } from '../respond';
import { S3Error } from '../s3-error';
import type { StoredChecksum } from '../store/object-version';
import type { MultipartUpload, UploadedPart } from '../store/multipart-upload';
import { readDocument } from '../upload/read-document';
import { checkWriteConditions } from '../upload/write-conditions';

export async function completeMultipartUpload(exchange: Exchange): Promise<void> {
  const { store, key, request } = exchange;
  findUpload(exchange);
  const document = await readDocument(exchange);
  const { upload, parts: uploaded } = findUpload(exchange);
  const parts = namedParts(document, upload, uploaded);
  const body = store.bodies.create();
  try {
    body.open();
    const whole = await joinParts(store.bodies, parts, body, upload.algorithm);
    body.close();
    const checksum = objectChecksum(upload, parts, whole);
    checkClaimedWhole(exchange, checksum);
    // Asked again: two completions of one upload may race, and one must lose.
    findUpload(exchange);
    const bucket = store.bucket(exchange.bucket);
    checkWriteConditions(request.headers, bucket, key);
    const composite = checksum.type === 'COMPOSITE';
    const about = {
      sizeBytes: parts.reduce((sum, part) => sum + part.sizeBytes, 0),
      etag: compositeEtag(parts.map((part) => part.etag)),
      checksum,
      headers: upload.headers,
      parts: parts.map(({ number, sizeBytes, checksum }) => ({
        number,
        sizeBytes,
        checksum: composite ? checksum : null,
      })),
    };
    const kept = store.keepObject(bucket, key, body, about, upload.uploadId);
    respondXml(
      exchange,
      [
        'CompleteMultipartUploadResult',
        [
          ['Location', `http://${request.headers.host}${request.url!.split('?', 1)[0]}`],
          ['Bucket', bucket.name],
          ['Key', key],
          ['ETag', `"${kept.etag}"`],
          [`Checksum${checksum.algorithm}`, checksum.value],
          ['ChecksumType', checksum.type],
        ],
      ],
      versionHeaders(bucket, kept.versionId),
    );
  } catch (error) {
    body.discard();
    throw error;
  }
}

function objectChecksum(upload: MultipartUpload, parts: UploadedPart[], whole: string): StoredChecksum {
  const { algorithm, checksumType: type } = upload;
  if (type === 'FULL_OBJECT') return { algorithm, type, value: whole };
  return {
    algorithm,
    type,
    value: compositeChecksum(
      algorithm,
      parts.map((part) => part.checksum),
    ),
  };
}

function checkClaimedWhole({ request: { headers } }: Exchange, checksum: StoredChecksum): void {
  const size = headers['x-amz-mp-object-size'];
  const type = headers['x-amz-checksum-type'];
  if (type !== undefined && String(type).toUpperCase() !== checksum.type) {
    throw new S3Error('InvalidRequest', 'The x-amz-checksum-type is not the one of the upload.');
  }
  if (size !== undefined && !/^\d+$/.test(String(size))) throw new S3Error('InvalidRequest');
  const claimed = headers[checksumHeader(checksum.algorithm)];
  if (claimed !== undefined && claimed !== checksum.value) {
    throw new S3Error(
      'BadDigest',
      `The ${checksum.algorithm} you specified did not match the calculated checksum.`,
    );
  }
}
