import type { Exchange } from '../exchange';
import { type ListQuery, listQuery } from '../listing/list-query';
import { listedObject, objectRows } from '../listing/object-row';
import { pageOfKeys } from '../listing/page-of-keys';
import { respondXml } from '../respond';

/** The first version of the listing, whose marker is a key or common prefix in the clear. */
export function listObjects(exchange: Exchange): void {
  const bucket = exchange.store.bucket(exchange.bucket);
  const asked = listQuery(exchange.query);
  const { encode, delimiter } = asked;
  const marker = exchange.query.get('marker') ?? '';
  const after = marker === '' ? null : { kind: markerKind(marker, asked), text: marker };
  const { entries, isTruncated } = pageOfKeys(bucket.objects, { ...asked, after }, listedObject);
  const last = entries.at(-1);
  const nextMarker = last?.kind === 'prefix' ? last.prefix : last?.key;
  respondXml(exchange, [
    'ListBucketResult',
    [
      ['Name', bucket.name],
      ['Prefix', encode(asked.prefix)],
      ['Marker', encode(marker)],
      ['NextMarker', isTruncated && nextMarker !== undefined && delimiter !== '' ? encode(nextMarker) : null],
      ['MaxKeys', asked.maxKeys],
      ['Delimiter', delimiter === '' ? null : encode(delimiter)],
      ['EncodingType', asked.encodingType],
      ['IsTruncated', isTruncated && asked.maxKeys > 0],
      ...objectRows(entries, encode, true),
    ],
  ]);
}

/** A marker that ends at the first delimiter behind the prefix is a group, and the page begins behind all of it. */
function markerKind(marker: string, { prefix, delimiter }: ListQuery): 'key' | 'prefix' {
  if (delimiter === '' || !marker.startsWith(prefix)) return 'key';
  const cut = marker.indexOf(delimiter, prefix.length);
  return cut !== -1 && cut + delimiter.length === marker.length ? 'prefix' : 'key';
}
