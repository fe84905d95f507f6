import type { Exchange } from '../exchange';
import { requestedObject, versionHeaders } from '../read/find-version';
import { respondXml } from '../respond';
import { S3Error } from '../s3-error';
import type { StoredObject } from '../store/object-version';
import type { XmlElement } from '../xml/render-xml';

const attributes = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];

export function getObjectAttributes(exchange: Exchange): void {
  const { bucket, object } = requestedObject(exchange);
  const { headers } = exchange.request;
  const asked = String(headers['x-amz-object-attributes'] ?? '')
    .split(',')
    .map((name) => name.trim());
  if (asked.some((name) => !attributes.includes(name))) {
    throw new S3Error('InvalidArgument', 'Invalid attribute name specified.');
  }
  const content: XmlElement[] = [
    ['ETag', object.etag],
    ['Checksum', checksumOf(object)],
    ['ObjectParts', partsOf(object, headers['x-amz-max-parts'], headers['x-amz-part-number-marker'])],
    ['StorageClass', 'STANDARD'],
    ['ObjectSize', object.sizeBytes],
  ];
  respondXml(
    exchange,
    ['GetObjectAttributesResponse', content.filter(([name]) => asked.includes(name))],
    [
      'last-modified',
      new Date(object.lastModifiedMs).toUTCString(),
      ...versionHeaders(bucket, object.versionId),
    ],
  );
}

function checksumOf({ checksum }: StoredObject): XmlElement[] | null {
  if (!checksum) return null;
  return [
    // Here, alone of all places, S3 leaves off the number of parts behind a composite checksum.
    [`Checksum${checksum.algorithm}`, checksum.value.replace(/-\d+$/, '')],
    ['ChecksumType', checksum.type],
  ];
}

function partsOf(object: StoredObject, maxHeader: unknown, markerHeader: unknown): XmlElement[] | null {
  if (!object.parts) return null;
  // The API's TotalPartsCount travels under this name.
  const count: XmlElement = ['PartsCount', object.parts.length];
  // S3 lists the parts only where each has a checksum of its own.
  if (object.checksum?.type !== 'COMPOSITE') return [count];
  const maxParts = Math.min(Number(maxHeader ?? 1_000) || 1_000, 1_000);
  const marker = Number(markerHeader ?? 0) || 0;
  const behind = object.parts.filter((part) => part.number > marker);
  const page = behind.slice(0, maxParts);
  const { algorithm } = object.checksum;
  return [
    count,
    ['PartNumberMarker', marker],
    ['NextPartNumberMarker', page.at(-1)?.number ?? 0],
    ['MaxParts', maxParts],
    ['IsTruncated', behind.length > page.length],
    ...page.map(
      (part): XmlElement => [
        'Part',
        [
          ['PartNumber', part.number],
          ['Size', part.sizeBytes],
          [`Checksum${algorithm}`, part.checksum],
        ],
      ],
    ),
  ];
}
