import { queryPairs } from './query-pairs';
import { uriEncode } from './uri-encode';

const onePlainPair = /^[A-Za-z0-9\-._~]+=[A-Za-z0-9\-._~]*$/;

/** The query sorted and encoded; a presigned URL's own signature is left out. */
export function canonicalQuery(rawQuery: string): string {
  if (rawQuery === '' || onePlainPair.test(rawQuery)) return rawQuery;
  return queryPairs(rawQuery)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => ({ name: uriEncode(name), value: uriEncode(value) }))
    .sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
