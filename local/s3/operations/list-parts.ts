import type { Exchange } from '../exchange';
import { listQuery } from '../listing/list-query';
import { findUpload } from '../multipart/find-upload';
import { respondXml } from '../respond';
import type { XmlElement } from '../xml/render-xml';
import { owner } from './owner';

export function listParts(exchange: Exchange): void {
  const { upload, parts } = findUpload(exchange);
  const { maxKeys: maxParts, encode, encodingType } = listQuery(exchange.query, 'max-parts');
  const marker = Number(exchange.query.get('part-number-marker') ?? 0);
  const ordered = Array.from(parts.values()).sort((a, b) => a.number - b.number);
  const behind = ordered.filter((part) => part.number > marker);
  const page = behind.slice(0, maxParts);
  const isTruncated = behind.length > page.length && maxParts > 0;
  const checksumAbout: XmlElement[] = [
    ['ChecksumAlgorithm', upload.algorithm],
    ['ChecksumType', upload.checksumType],
  ];
  respondXml(exchange, [
    'ListPartsResult',
    [
      ['Bucket', exchange.bucket],
      ['Key', encode(upload.key)],
      ['EncodingType', encodingType],
      ['UploadId', upload.uploadId],
      owner,
      ['StorageClass', 'STANDARD'],
      ['PartNumberMarker', marker],
      ['NextPartNumberMarker', isTruncated ? page.at(-1)!.number : null],
      ['MaxParts', maxParts],
      ['IsTruncated', isTruncated],
      ...(upload.checksumAsked ? checksumAbout : []),
      ...page.map(
        (part): XmlElement => [
          'Part',
          [
            ['PartNumber', part.number],
            ['LastModified', new Date(part.lastModifiedMs).toISOString()],
            ['ETag', `"${part.etag}"`],
            ['Size', part.sizeBytes],
            [`Checksum${upload.algorithm}`, upload.checksumAsked ? part.checksum : null],
          ],
        ],
      ),
    ],
  ]);
}
