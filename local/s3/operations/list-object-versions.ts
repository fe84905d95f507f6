import type { Exchange } from '../exchange';
import { type ListQuery, listQuery } from '../listing/list-query';
import { objectFacts, prefixRow } from '../listing/object-row';
import { pageOfKeys } from '../listing/page-of-keys';
import { respondXml } from '../respond';
import type { ObjectVersion } from '../store/object-version';
import type { XmlElement } from '../xml/render-xml';
import { owner } from './owner';

interface VersionsPage {
  rows: XmlElement[];
  /** Where it was cut, null where it is the last page. */
  next: { key: string; versionId: string } | null;
}

export function listObjectVersions(exchange: Exchange): void {
  const bucket = exchange.store.bucket(exchange.bucket);
  const asked = listQuery(exchange.query);
  const { prefix, delimiter, maxKeys, encode, encodingType } = asked;
  const keyMarker = exchange.query.get('key-marker') ?? '';
  const versionMarker = exchange.query.get('version-id-marker') ?? '';
  const started = versionMarker === '' ? undefined : bucket.objects.get(keyMarker);
  const rest = started ? versionsBehind(started, versionMarker) : [];
  const after = keyMarker === '' ? null : ({ kind: 'key', text: keyMarker } as const);
  const page = pageOfKeys(bucket.objects, { ...asked, after }, (versions) => versions);

  const groups: (readonly [string, ObjectVersion[] | null])[] = page.entries.map((entry) =>
    entry.kind === 'key' ? [entry.key, entry.value] : [entry.prefix, null],
  );
  const { rows, next } = cut(started ? [[keyMarker, rest], ...groups] : groups, asked, page.isTruncated);
  respondXml(exchange, [
    'ListVersionsResult',
    [
      ['Name', bucket.name],
      ['Prefix', encode(prefix)],
      ['KeyMarker', encode(keyMarker)],
      ['VersionIdMarker', versionMarker],
      ['NextKeyMarker', next ? encode(next.key) : null],
      ['NextVersionIdMarker', next?.versionId ? next.versionId : null],
      ['MaxKeys', maxKeys],
      ['Delimiter', delimiter === '' ? null : encode(delimiter)],
      ['EncodingType', encodingType],
      ['IsTruncated', next !== null],
      ...rows,
    ],
  ]);
}

function versionsBehind(versions: ObjectVersion[], versionMarker: string): ObjectVersion[] {
  const marked = versions.findIndex((version) => version.versionId === versionMarker);
  return marked === -1 ? [] : versions.slice(marked + 1);
}

/** A page counts versions and groups, so it may end between two versions of one key. */
function cut(
  groups: (readonly [string, ObjectVersion[] | null])[],
  { maxKeys, encode }: ListQuery,
  moreKeys: boolean,
): VersionsPage {
  const rows: XmlElement[] = [];
  let last = { key: '', versionId: '' };
  for (const [key, versions] of groups) {
    if (versions === null) {
      if (rows.length === maxKeys) return { rows, next: last };
      rows.push(prefixRow(key, encode));
      last = { key, versionId: '' };
      continue;
    }
    for (const version of versions) {
      if (rows.length === maxKeys) return { rows, next: maxKeys === 0 ? null : last };
      rows.push(versionRow(encode(key), version, version === versions[0]));
      last = { key, versionId: version.versionId };
    }
  }
  return { rows, next: moreKeys && maxKeys > 0 ? last : null };
}

function versionRow(key: string, version: ObjectVersion, isLatest: boolean): XmlElement {
  const head: XmlElement[] = [
    ['Key', key],
    ['VersionId', version.versionId],
    ['IsLatest', isLatest],
  ];
  if (version.kind === 'object') return ['Version', [...head, ...objectFacts(version), owner]];
  return ['DeleteMarker', [...head, ['LastModified', new Date(version.lastModifiedMs).toISOString()], owner]];
}
