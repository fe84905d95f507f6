import type { IncomingHttpHeaders } from 'node:http';
import { S3Error } from '../s3-error';
import type { ObjectHeaders } from '../store/object-version';

const kept = ['cache-control', 'content-disposition', 'content-language', 'expires'];
// docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html, read 2026-11.
const maxMetadataBytes = 2_048;

/** The headers of an upload that belong to the object. */
export function objectHeaders(headers: IncomingHttpHeaders): ObjectHeaders {
  const content = ['content-type', headers['content-type'] || 'binary/octet-stream'];
  // aws-chunked says how the body travelled, not what it is.
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const encoding = encodings.filter((name) => name !== '' && name !== 'aws-chunked').join(',');
  if (encoding !== '') content.push('content-encoding', encoding);
  const metadata: string[] = [];
  let metadataBytes = 0;
  for (const name in headers) {
    const value = String(headers[name]);
    if (kept.includes(name)) content.push(name, value);
    if (!name.startsWith('x-amz-meta-')) continue;
    metadata.push(name, value);
    metadataBytes += name.length - 'x-amz-meta-'.length + value.length;
  }
  if (metadataBytes > maxMetadataBytes) throw new S3Error('MetadataTooLarge');
  return { content, metadata };
}
