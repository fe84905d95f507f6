import type { Exchange } from '../exchange';
import { checksumHeader } from '../checksum/checksum-algorithm';
import { S3Error } from '../s3-error';
import type { StoredObject } from '../store/object-version';
import { type ByteRange, parseByteRange } from './byte-range';
import { requestedObject, versionHeaders } from './find-version';
import { overrideHeaders } from './override-headers';
import { partRange } from './part-range';
import { etagMatches, evaluatePreconditions } from './preconditions';

/** Status and headers of a GET or HEAD, and which bytes belong to it. */
export interface ObjectHead {
  object: StoredObject;
  status: 200 | 206 | 304;
  headers: string[];
  firstByte: number;
  lengthBytes: number;
}

export function objectHead(exchange: Exchange): ObjectHead {
  const { bucket, object } = requestedObject(exchange);
  const { headers: asked } = exchange.request;
  const headers = fixedHeaders(object).concat(versionHeaders(bucket, object.versionId));

  const outcome = evaluatePreconditions(asked, object.etag, object.lastModifiedMs);
  if (outcome === 'failed') throw new S3Error('PreconditionFailed');
  if (outcome === 'not-modified') return { object, status: 304, headers, firstByte: 0, lengthBytes: 0 };

  const partNumber = exchange.query.get('partNumber');
  const part = partNumber === undefined ? null : partRange(object, partNumber);
  const range = part ? part.range : askedRange(exchange, object);
  if (part) headers.push(...part.headers);
  else if (
    !range &&
    object.checksum &&
    asked['x-amz-checksum-mode']?.toString().toUpperCase() === 'ENABLED'
  ) {
    // Of a range there is no checksum: the stored one is over the whole object.
    const { algorithm, value, type } = object.checksum;
    headers.push(checksumHeader(algorithm), value, 'x-amz-checksum-type', type);
  }
  const firstByte = range?.first ?? 0;
  const lengthBytes = range ? range.last - range.first + 1 : object.sizeBytes;
  if (range) headers.push('content-range', `bytes ${range.first}-${range.last}/${object.sizeBytes}`);
  headers.push('content-length', String(lengthBytes));
  const withOverrides = exchange.query.size === 0 ? headers : overrideHeaders(headers, exchange.query);
  return { object, status: range || part ? 206 : 200, headers: withOverrides, firstByte, lengthBytes };
}

const fixedHeadersOf = new WeakMap<StoredObject, string[]>();

/** The headers that every answer about this version shares, made once. */
function fixedHeaders(object: StoredObject): string[] {
  let headers = fixedHeadersOf.get(object);
  if (!headers) {
    const lastModified = new Date(object.lastModifiedMs).toUTCString();
    headers = ['accept-ranges', 'bytes', 'last-modified', lastModified, 'etag', `"${object.etag}"`];
    headers.push(...object.headers.content, ...object.headers.metadata);
    fixedHeadersOf.set(object, headers);
  }
  return headers;
}

function askedRange({ request: { headers } }: Exchange, object: StoredObject): ByteRange | null {
  const ifRange = headers['if-range'];
  if (headers.range === undefined || (ifRange !== undefined && !etagMatches(String(ifRange), object.etag)))
    return null;
  const range = parseByteRange(headers.range, object.sizeBytes);
  if (range !== 'unsatisfiable') return range;
  throw new S3Error('InvalidRange', undefined, {
    details: [
      ['RangeRequested', headers.range],
      ['ActualObjectSize', String(object.sizeBytes)],
    ],
    headers: ['content-range', `bytes */${object.sizeBytes}`],
  });
}
