import { queryPairs } from '../sigv4/query-pairs';
import { S3Error } from './s3-error';

/** What a request is about; bucket and key are empty where it names none. */
export interface RequestTarget {
  bucket: string;
  key: string;
  query: ReadonlyMap<string, string>;
}

// docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html, read 2026-11.
const maxKeyBytes = 1024;
const noQuery: ReadonlyMap<string, string> = new Map();
// oxlint-disable-next-line no-control-regex -- a request line holds visible ASCII only
const outsideAscii = /[^\x21-\x7e]/;

/** Reads the request line as it was sent: `..`, `//` and `%2F` belong to the key and are kept. */
export function requestTarget(url: string, host: string | undefined): RequestTarget {
  if (!url.startsWith('/') || outsideAscii.test(url)) throw new S3Error('InvalidURI');
  const question = url.indexOf('?');
  const path = question === -1 ? url : url.slice(0, question);
  const query = question === -1 ? noQuery : readQuery(url.slice(question + 1));

  const hostBucket = bucketInHost(host);
  if (hostBucket !== null) return { bucket: hostBucket, key: readKey(path.slice(1)), query };
  const slash = path.indexOf('/', 1);
  if (slash === -1) return { bucket: decode(path.slice(1)), key: '', query };
  return { bucket: decode(path.slice(1, slash)), key: readKey(path.slice(slash + 1)), query };
}

/** Virtual-host style: `bucket.localhost:port`. */
function bucketInHost(host: string | undefined): string | null {
  const match = host === undefined ? null : /^(.+)\.localhost(?::\d+)?$/i.exec(host);
  return match ? match[1]!.toLowerCase() : null;
}

function readKey(rawKey: string): string {
  const key = decode(rawKey);
  // Each UTF-16 unit is three bytes at most, so most keys need no count.
  if (key.length > maxKeyBytes / 3 && Buffer.byteLength(key) > maxKeyBytes) {
    const details: [string, string][] = [
      ['Size', String(Buffer.byteLength(key))],
      ['MaxSizeAllowed', String(maxKeyBytes)],
    ];
    throw new S3Error('KeyTooLongError', undefined, { details });
  }
  return key;
}

function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI');
  }
}

// One after another, requests mostly carry the same query (x-id=GetObject), or none.
let lastRawQuery = '';
let lastQuery = noQuery;

function readQuery(rawQuery: string): ReadonlyMap<string, string> {
  if (rawQuery === lastRawQuery) return lastQuery;
  try {
    lastQuery = new Map(queryPairs(rawQuery));
    lastRawQuery = rawQuery;
    return lastQuery;
  } catch {
    throw new S3Error('InvalidURI');
  }
}
