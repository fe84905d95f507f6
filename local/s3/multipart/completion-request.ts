import { checksumAlgorithms } from '../checksum/checksum-algorithm';
import { S3Error } from '../s3-error';
import type { MultipartUpload, UploadedPart } from '../store/multipart-upload';
import { childText, type ParsedElement } from '../xml/parse-xml';
import { readPartNumber } from './part-number';

// docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html, read 2026-11.
const minPartBytes = 5 * 1024 * 1024;

/** The parts that a completion names, each found and found to be what the client thinks it is. */
export function namedParts(
  document: ParsedElement | null,
  upload: MultipartUpload,
  uploaded: ReadonlyMap<number, UploadedPart>,
): UploadedPart[] {
  const rows =
    document?.name === 'CompleteMultipartUpload'
      ? document.children.filter(({ name }) => name === 'Part')
      : [];
  if (rows.length === 0) throw new S3Error('MalformedXML');
  const parts = rows.map((row) => namedPart(row, upload, uploaded));
  for (const [i, part] of parts.entries()) {
    const next = parts[i + 1];
    if (!next) break;
    if (next.number <= part.number) throw new S3Error('InvalidPartOrder');
    if (part.sizeBytes < minPartBytes) throw tooSmall(part);
  }
  return parts;
}

function namedPart(
  row: ParsedElement,
  upload: MultipartUpload,
  uploaded: ReadonlyMap<number, UploadedPart>,
): UploadedPart {
  const number = readPartNumber(childText(row, 'PartNumber')?.trim());
  const etag = childText(row, 'ETag')?.trim().replaceAll('"', '');
  const part = uploaded.get(number);
  if (!part || part.etag !== etag)
    throw new S3Error('InvalidPart', undefined, { details: [['PartNumber', String(number)]] });
  // Without an algorithm of the upload's own, each part may have come with any.
  if (!upload.checksumAsked) return part;
  for (const algorithm of checksumAlgorithms) {
    const claimed = childText(row, `Checksum${algorithm}`)?.trim();
    if (claimed === undefined) continue;
    if (algorithm !== upload.algorithm || claimed !== part.checksum) throw new S3Error('InvalidPart');
  }
  return part;
}

function tooSmall(part: UploadedPart): S3Error {
  return new S3Error('EntityTooSmall', undefined, {
    details: [
      ['ProposedSize', String(part.sizeBytes)],
      ['MinSizeAllowed', String(minPartBytes)],
      ['PartNumber', String(part.number)],
      ['ETag', part.etag],
    ],
  });
}
