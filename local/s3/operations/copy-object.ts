import { checksumAlgorithm } from '../checksum/checksum-algorithm';
import { copySource, type CopySource } from '../copy/copy-source';
import { digestFile } from '../copy/digest-file';
import type { Exchange } from '../exchange';
import { versionHeaders } from '../read/find-version';
import { respondXml } from '../respond';
import { S3Error } from '../s3-error';
import type { IncomingBody } from '../store/incoming-body';
import { objectHeaders } from '../upload/object-headers';
import { checkWriteConditions } from '../upload/write-conditions';

export async function copyObject(exchange: Exchange): Promise<void> {
  const { store, key, request } = exchange;
  store.bucket(exchange.bucket);
  const source = copySource(exchange);
  const replaces = String(request.headers['x-amz-metadata-directive'] ?? 'COPY').toUpperCase() === 'REPLACE';
  if (
    source.bucket === exchange.bucket &&
    source.key === key &&
    !replaces &&
    !exchange.request.headers['x-amz-copy-source']?.includes('?versionId=')
  ) {
    throw new S3Error(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  const headers = replaces ? objectHeaders(request.headers) : source.object.headers;
  const body = store.bodies.create();
  try {
    body.cloneFrom(store.bodies.path(source.object.bodyId));
    const digests = await copiedDigests(exchange, source, body);
    const bucket = store.bucket(exchange.bucket);
    checkWriteConditions(request.headers, bucket, key);
    const { sizeBytes } = source.object;
    const kept = store.keepObject(bucket, key, body, { sizeBytes, headers, parts: null, ...digests });
    const { algorithm, type, value } = digests.checksum;
    const sourceVersion = versionHeaders(store.bucket(source.bucket), source.object.versionId)[1];
    respondXml(
      exchange,
      [
        'CopyObjectResult',
        [
          ['LastModified', new Date(kept.lastModifiedMs).toISOString()],
          ['ETag', `"${kept.etag}"`],
          [`Checksum${algorithm}`, value],
          ['ChecksumType', type],
        ],
      ],
      [
        ...versionHeaders(bucket, kept.versionId),
        ...(sourceVersion === undefined ? [] : ['x-amz-copy-source-version-id', sourceVersion]),
      ],
    );
  } catch (error) {
    body.discard();
    throw error;
  }
}

/** A copy is one whole object again, so what was computed over parts must be computed anew. */
async function copiedDigests({ request: { headers } }: Exchange, { object }: CopySource, body: IncomingBody) {
  const asked = headers['x-amz-checksum-algorithm'];
  const algorithm =
    asked === undefined ? (object.checksum?.algorithm ?? 'CRC64NVME') : checksumAlgorithm(String(asked));
  if (!algorithm) throw new S3Error('InvalidRequest', 'Checksum algorithm provided is unsupported.');
  const { checksum } = object;
  if (!object.parts && checksum?.type === 'FULL_OBJECT' && checksum.algorithm === algorithm) {
    return { etag: object.etag, checksum };
  }
  const { etag, checksum: value } = await digestFile(body.path, algorithm);
  return { etag, checksum: { algorithm, type: 'FULL_OBJECT', value } as const };
}
