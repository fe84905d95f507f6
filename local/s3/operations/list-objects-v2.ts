import type { Exchange } from '../exchange';
import { decodeToken, encodeToken } from '../listing/continuation-token';
import { listQuery } from '../listing/list-query';
import { listedObject, objectRows } from '../listing/object-row';
import { pageOfKeys } from '../listing/page-of-keys';
import { respondXml } from '../respond';

export function listObjectsV2(exchange: Exchange): void {
  const bucket = exchange.store.bucket(exchange.bucket);
  const { query } = exchange;
  const asked = listQuery(query);
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after');
  const after = token ? decodeToken(token) : startAfter ? ({ kind: 'key', text: startAfter } as const) : null;
  const { entries, isTruncated } = pageOfKeys(bucket.objects, { ...asked, after }, listedObject);
  const last = entries.at(-1);
  const { encode } = asked;
  respondXml(exchange, [
    'ListBucketResult',
    [
      ['Name', bucket.name],
      ['Prefix', encode(asked.prefix)],
      ['StartAfter', startAfter === undefined ? null : encode(startAfter)],
      ['ContinuationToken', token ?? null],
      ['NextContinuationToken', isTruncated && last ? encodeToken(last) : null],
      ['KeyCount', entries.length],
      ['MaxKeys', asked.maxKeys],
      ['Delimiter', asked.delimiter === '' ? null : encode(asked.delimiter)],
      ['EncodingType', asked.encodingType],
      // With max-keys=0 nothing follows, whatever there is.
      ['IsTruncated', isTruncated && asked.maxKeys > 0],
      ...objectRows(entries, encode, query.get('fetch-owner') === 'true'),
    ],
  ]);
}
