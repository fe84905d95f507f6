import { uriEncode } from '../../sigv4/uri-encode';
import { S3Error } from '../s3-error';

/** What all listings are asked with. */
export interface ListQuery {
  prefix: string;
  delimiter: string;
  maxKeys: number;
  encodingType: 'url' | null;
  /** Writes a key as the answer needs it. */
  encode: (text: string) => string;
}

// docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html, read 2026-11.
const maxKeysOfAPage = 1_000;

export function listQuery(query: ReadonlyMap<string, string>, maxKeysName = 'max-keys'): ListQuery {
  const encodingType = query.get('encoding-type') ?? null;
  if (encodingType !== null && encodingType !== 'url') {
    throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request');
  }
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: readMaxKeys(query.get(maxKeysName), maxKeysName),
    encodingType,
    encode: encodingType === 'url' ? encodeKey : (text) => text,
  };
}

/** Spaces as %20, not +, which every client's decoder reads alike; slashes stay, as S3 leaves them. */
const encodeKey = (key: string) => key.split('/').map(uriEncode).join('/');

function readMaxKeys(text: string | undefined, name: string): number {
  if (text === undefined || text === '') return maxKeysOfAPage;
  if (!/^\d{1,10}$/.test(text))
    throw new S3Error('InvalidArgument', `Provided ${name} not an integer or within integer range`);
  return Math.min(Number(text), maxKeysOfAPage);
}
