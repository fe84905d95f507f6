import { owner } from '../operations/owner';
import type { ObjectVersion, StoredObject } from '../store/object-version';
import type { XmlElement } from '../xml/render-xml';
import type { ListEntry } from './page-of-keys';

/** The object that a plain listing shows for a key: its newest version, unless that is a delete marker. */
export function listedObject(versions: ObjectVersion[]): StoredObject | undefined {
  const newest = versions[0];
  return newest?.kind === 'object' ? newest : undefined;
}

export function objectRows(
  entries: ListEntry<StoredObject>[],
  encode: (text: string) => string,
  withOwner: boolean,
): XmlElement[] {
  return entries.map((entry) =>
    entry.kind === 'prefix'
      ? prefixRow(entry.prefix, encode)
      : [
          'Contents',
          [['Key', encode(entry.key)], ...objectFacts(entry.value), ...(withOwner ? [owner] : [])],
        ],
  );
}

export function prefixRow(prefix: string, encode: (text: string) => string): XmlElement {
  return ['CommonPrefixes', [['Prefix', encode(prefix)]]];
}

export function objectFacts(object: StoredObject): XmlElement[] {
  const checksum: XmlElement[] = object.checksum
    ? [
        ['ChecksumAlgorithm', object.checksum.algorithm],
        ['ChecksumType', object.checksum.type],
      ]
    : [];
  return [
    ['LastModified', new Date(object.lastModifiedMs).toISOString()],
    ['ETag', `"${object.etag}"`],
    ...checksum,
    ['Size', object.sizeBytes],
    ['StorageClass', 'STANDARD'],
  ];
}
