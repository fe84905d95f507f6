import { copySource } from '../copy/copy-source';
import { digestFile } from '../copy/digest-file';
import type { Exchange } from '../exchange';
import { findUpload } from '../multipart/find-upload';
import { readPartNumber } from '../multipart/part-number';
import { parseByteRange } from '../read/byte-range';
import { respondXml } from '../respond';
import { S3Error } from '../s3-error';

export async function uploadPartCopy(exchange: Exchange): Promise<void> {
  const { store, bucket, query, request } = exchange;
  const { upload } = findUpload(exchange);
  const number = readPartNumber(query.get('partNumber'));
  const { object } = copySource(exchange);
  const asked = request.headers['x-amz-copy-source-range'];
  const range = parseByteRange(asked === undefined ? `bytes=0-` : String(asked), object.sizeBytes);
  if (range === null || range === 'unsatisfiable') {
    throw new S3Error(
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last',
    );
  }
  const body = store.bodies.create();
  try {
    body.open();
    const stretch = { start: range.first, end: range.last };
    const write = (piece: Buffer) => body.write(piece);
    const { etag, checksum } = await digestFile(
      store.bodies.path(object.bodyId),
      upload.algorithm,
      stretch,
      write,
    );
    body.close();
    findUpload(exchange);
    store.bodies.keep(body);
    const sizeBytes = range.last - range.first + 1;
    const part = { number, bodyId: body.bodyId, sizeBytes, etag, checksum, lastModifiedMs: Date.now() };
    store.record({ type: 'part', bucket, uploadId: upload.uploadId, part });
    respondXml(exchange, [
      'CopyPartResult',
      [
        ['LastModified', new Date(part.lastModifiedMs).toISOString()],
        ['ETag', `"${etag}"`],
        [`Checksum${upload.algorithm}`, upload.checksumAsked ? checksum : null],
      ],
    ]);
  } catch (error) {
    body.discard();
    throw error;
  }
}
